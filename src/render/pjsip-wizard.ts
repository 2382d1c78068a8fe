import { finding } from '../finding.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { codecsFor } from './codec.ts';
import { sipTrunks } from './pjsip.ts';
import { phone } from './pjsip-phone.ts';
import { endpointName, trunkSections } from './pjsip-trunk.ts';
import { defineView, type Notes } from './view.ts';

/** pjsip_wizard.conf: telephones and trunks, a short section each over a few templates. */
export const pjsipWizardView = defineView({
  file: 'etc/asterisk/pjsip_wizard.conf',
  secret: true,
  data: (model, notes) => {
    const s = settingsOf(model);
    const phones = Object.entries(model.device).flatMap(([id, d]) => (d.technology === 'sip' ? [{ id, d }] : []));
    notes.from(
      ...phones.map(({ id }) => ({ kind: 'device' as const, id })),
      ...sipTrunks(model).map(([id]) => ({ kind: 'trunk' as const, id })),
    );
    reportSecrets(model, notes);
    const codecs = codecsFor([], s.sip.codecs);
    return {
      language: s.language,
      codecs: ['!all', ...codecs.list],
      phones: phones.map(({ id, d }) => phone(model, id, d, notes)),
      trunks: usableTrunks(model, notes).flatMap(([id, t]) => trunkSections(model, id, t, notes)),
    };
  },
});

/** One section name can be one endpoint only: a telephone wins, then the first trunk. */
function usableTrunks(model: Model, notes: Notes): ReturnType<typeof sipTrunks> {
  const taken = new Set(Object.keys(model.device));
  return sipTrunks(model).filter(([id, t]) => {
    const name = endpointName(t);
    const free = !taken.has(name);
    taken.add(name);
    if (!free)
      notes.finding(
        finding('NAME_TAKEN', {
          about: { kind: 'trunk', id },
          where: name,
          means: `trunk '${t.name}' cannot be used: another telephone or trunk has its name '${name}'`,
        }),
      );
    return free;
  });
}

function reportSecrets(model: Model, notes: Notes): void {
  for (const [id, d] of Object.entries(model.device)) {
    if (d.technology === 'sip' && (model.secrets[`device/${id}/sip`] ?? '') === '') {
      notes.finding(
        finding('SECRET_MISSING', {
          about: { kind: 'device', id },
          means: `telephone ${id} cannot register: the model holds no secret for it`,
        }),
      );
    }
  }
}
