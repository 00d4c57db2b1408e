/** Brings what readers load by themselves only for some files, for whoever may have no network when one comes. */
export async function prepare(): Promise<void> {
  await Promise.all([import('./workbook/workbook.ts'), import('./espi/atom.ts')]);
}
