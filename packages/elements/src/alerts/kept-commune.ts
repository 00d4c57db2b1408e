/** Under which a tab keeps the commune that was chosen last. */
export const KEPT_COMMUNE = 'oya-alerts-commune';
