#!/bin/sh
set -e
# taken away, the PBX is quiet: nobody registers with its carriers in its place
if [ "$1" = remove ]; then pbx-config quiet || true; fi
