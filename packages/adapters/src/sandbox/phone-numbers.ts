/** Of the numbering plans of the world the sandbox knows the French one. */
export const MAY_EXIST = /^\+(33[1-9]\d{8}$|(?!33))/;
