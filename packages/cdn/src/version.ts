/** Set by the build. */
declare const OYA_VERSION: string;

export const version: string = OYA_VERSION;
