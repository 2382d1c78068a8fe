import { MigrateError } from '../error.ts';

/** The part of Handlebars' syntax tree that is looked at; its own types leave the rest open. */
interface Node {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [field: string]: unknown;
}

const BLOCKS = ['each', 'if'];

/**
 * What a template may hold: text, comments, `each`, `if`, `else`, and values through a helper of the list with plain parameters. Handlebars alone
 * lets `{{dialplan nope}}` print "undefined" and `{{name}}` print what nobody escaped.
 * @throws MigrateError E_TEMPLATE with file:line.
 */
export function checkTemplate(tree: unknown, file: string, helpers: readonly string[]): void {
  checkProgram(tree as Node, file, helpers);
}

function checkProgram(program: Node, file: string, helpers: readonly string[]): void {
  for (const node of program['body'] as Node[]) checkStatement(node, file, helpers);
}

function checkStatement(node: Node, file: string, helpers: readonly string[]): void {
  if (node.type === 'ContentStatement' || node.type === 'CommentStatement') return;
  if (node.type === 'MustacheStatement') checkValue(node, file, helpers);
  else if (node.type === 'BlockStatement') checkBlock(node, file, helpers);
  else refuse(node, file, `${node.type} has no place in a template`);
}

function checkValue(node: Node, file: string, helpers: readonly string[]): void {
  if (node['escaped'] === false) refuse(node, file, 'a triple stash prints what nobody escaped');
  const name = nameOf(node['path'] as Node);
  const parameters = node['params'] as Node[];
  if (parameters.length === 0) refuse(node, file, `{{${name}}} is a value without a helper`);
  if (!helpers.includes(name)) refuse(node, file, `'${name}' is no helper; there are ${helpers.join(', ')}`);
  checkParameters(node, file);
}

function checkBlock(node: Node, file: string, helpers: readonly string[]): void {
  const name = nameOf(node['path'] as Node);
  if (!BLOCKS.includes(name))
    refuse(node, file, `a block '${name}': only each and if may stand in a template, what needs thought belongs into the view`);
  checkParameters(node, file);
  checkProgram(node['program'] as Node, file, helpers);
  if (node['inverse'] != null) checkProgram(node['inverse'] as Node, file, helpers);
}

function checkParameters(node: Node, file: string): void {
  if (node['hash'] !== undefined) refuse(node, file, 'named parameters have no place in a template');
  for (const parameter of node['params'] as Node[]) {
    if (!['PathExpression', 'StringLiteral', 'NumberLiteral'].includes(parameter.type))
      refuse(node, file, `a ${parameter.type} is logic: it belongs into the view`);
  }
}

function nameOf(path: Node): string {
  return String(path['original'] ?? path['value'] ?? '?');
}

function refuse(node: Node, file: string, why: string): never {
  throw new MigrateError({ code: 'E_TEMPLATE', where: `${file}:${node.loc.start.line}`, why, hint: 'Correct the template.' });
}
