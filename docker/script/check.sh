#!/bin/sh
# What the target's interpreters say of one script: check.sh LANGUAGE FILE FOLDER. Each line is "language line what"; nothing of the script is printed. The last is "done".
here=/usr/local/share/migrate
bounded() {
  timeout -k 1 10 "$@" < /dev/null 2>&1
  case $? in 124 | 137) printf '\nunread\n' ;; esac
}
# What a script prints while it is read may be anything, and any amount.
read_script() {
case $1 in
  php)
    # the last number is the line: "PHP Parse error: ... in FILE on line 3"
    bounded php -d display_errors=1 -d log_errors=0 -l "$2" | sed -n 's/^.*\(Parse\|Fatal\) error.* on line \([0-9]*\)$/syntax \2/p'
    bounded php "$here/check-php.php" "$2" "$3" | sed -n 's/^\([0-9]*\) \([a-z0-9_]*\)$/function \1 \2/p'
    ;;
  perl)
    # -c runs what stands in BEGIN and use
    bounded perl -c "$2" | sed -n \
      -e "s/^Can't locate \([A-Za-z0-9_/]*\)\.pm in @INC.* line \([0-9]*\)\.$/module \2 \1/p" \
      -e 's/^syntax error at .* line \([0-9]*\), .*$/syntax \1/p' \
      -e 's/^unread$/unread 1/p'
    ;;
  python) bounded python3 -I "$here/check-python.py" "$2" | sed -n -e 's/^\([0-9]*\) \([A-Za-z0-9_]*\)$/module \1 \2/p' -e 's/^\([0-9]*\)$/syntax \1/p' ;;
  bash) bounded bash -n "$2" | sed -n 's/^.*: line \([0-9]*\): .*$/syntax \1/p' ;;
  sh) bounded sh -n "$2" | sed -n 's/^.*: \([0-9]*\): Syntax error.*$/syntax \1/p' ;;
esac
}
read_script "$@" | head -n 40
echo done
