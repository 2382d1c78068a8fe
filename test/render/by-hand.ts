/** Sections as custom-configuration.yaml has them: 'queues.conf/vip' with options that stood in queues_custom.conf from line 1 on. */
export function byHand(sections: Readonly<Record<string, readonly (readonly [option: string, value: string])[]>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(sections).map(([id, options]) => {
      const [file = '', name = ''] = id.split('/');
      const at = file.replace('.conf', '_custom.conf');
      const adds = ['general', 'applicationmap', 'featuremap'].includes(name) ? { adds: 'yes' } : {};
      return [id, { ...adds, options: options.map(([option, value], i) => ({ at: `${at}:${i + 1}`, option, value })) }];
    }),
  );
}
