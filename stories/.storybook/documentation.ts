/** What the documentation shows of the custom-elements manifest, and which control each attribute gets. */
import type { ArgTypesEnhancer } from 'storybook/internal/csf';

/** The parts of the manifest (schema 1.0) that are read here. */
export interface Manifest {
  modules: readonly { declarations?: readonly Declaration[] }[];
}

interface Declaration {
  tagName?: string;
  members?: readonly Member[];
  [rest: string]: unknown;
}

interface Member {
  kind: string;
  attribute?: string;
  privacy?: string;
  static?: boolean;
  readonly?: boolean;
  name: string;
}

/** The manifest with what a user of the elements needs: an attribute stands once, and nothing internal stands at all. */
export function documented(manifest: Manifest): Manifest {
  return {
    ...manifest,
    modules: manifest.modules.map((module) => ({ ...module, declarations: module.declarations?.map(withPublicMembers) ?? [] })),
  };
}

function withPublicMembers(declaration: Declaration): Declaration {
  const members = declaration.members?.filter(
    ({ kind, attribute, privacy, name, ...is }) => kind === 'field' && !attribute && !is.static && !privacy && !name.startsWith('#'),
  );
  return { ...declaration, ...(members && { members }) };
}

/** Gives attributes a control that fits their type: a list for a set of values, text, number or switch for the others. */
export const controlsByType: ArgTypesEnhancer = ({ argTypes }) =>
  Object.fromEntries(
    Object.entries(argTypes).map(([name, argType]) => {
      if (argType.table?.category !== 'attributes') return [name, { ...argType, control: false as const }];
      const types = (argType.table.type?.summary ?? 'string').split('|').map((type) => type.trim());
      const values = types.map((type) => /^(['"])(.*)\1$/.exec(type)?.[2]).filter((value) => value !== undefined);
      if (values.length > 0) return [name, { ...argType, options: values, control: { type: 'select' as const } }];
      const [type] = types;
      return [name, { ...argType, control: { type: type === 'number' || type === 'boolean' ? type : ('text' as const) } }];
    }),
  );
