/** What one can have done by a utility: which procedures there are, and whether each is a link or a form, is data of the utility. */
import * as z from 'zod/mini';
import { TariffOption } from './power-and-tariff.ts';

const Id = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w-]+$/));
const Text = z.object({ fr: z.string(), en: z.optional(z.string()) });

/** What is asked for by a form of the portal. */
export const RequestKind = z.enum(['moving', 'power-or-tariff', 'connection', 'claim', 'documents']);
export type RequestKind = z.infer<typeof RequestKind>;

/** Beside them what leads elsewhere: the customer space, and the two views of consumption. */
export const ProcedureKind = z.enum([...RequestKind.options, 'customer-space', 'measure', 'cost']);
export type ProcedureKind = z.infer<typeof ProcedureKind>;

/** How something is done. */
export const ProcedureWay = z.discriminatedUnion('by', [
  /** Elsewhere: the name of a view among the utility's routes, or an address. */
  z.object({ by: z.literal('link'), to: z.string().check(z.minLength(1)) }),
  /** Here. `powersKva` and `tariffs` are what may be chosen; absent: all that there are. */
  z.object({ by: z.literal('form'), powersKva: z.optional(z.array(z.int().check(z.positive()))), tariffs: z.optional(z.array(TariffOption)) }),
]);
export type ProcedureWay = z.infer<typeof ProcedureWay>;

export const Procedure = z
  .object({
    /** Names it in addresses. */
    id: Id,
    kind: ProcedureKind,
    /** Absent: as everybody calls it. */
    title: z.optional(Text),
    summary: z.optional(Text),
    way: ProcedureWay,
    /** What one needs before one begins. */
    haveAtHand: z.array(Text),
  })
  .check(z.refine(({ kind, way }) => way.by === 'link' || isRequestKind(kind), { error: 'there is no form for this kind: say where it leads' }));
export type Procedure = z.infer<typeof Procedure>;

/** Those that can be understood: of a later version, or wrong, one is left out and the others stay. */
export function knownProcedures(procedures: readonly unknown[] = []): Procedure[] {
  return procedures.flatMap((procedure) => Procedure.safeParse(procedure).data ?? []);
}

export function isRequestKind(kind: ProcedureKind): kind is RequestKind {
  return RequestKind.options.includes(kind as RequestKind);
}

/** The form that a kind of request is sent by; `undefined` where the utility has none. */
export function formFor(kind: RequestKind, procedures: readonly Procedure[] = []): (ProcedureWay & { by: 'form' }) | undefined {
  return procedures.flatMap(({ kind: each, way }) => (each === kind && way.by === 'form' ? [way] : []))[0];
}
