/** What is typed in a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

/** As it stands in the fields, whether or not they sent an event: password managers fill without one. */
export function readForm(form: HTMLFormElement): Values {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    const chosen = !isChoice(field) || field.checked;
    if (!chosen && field.type === 'radio') values[field.name] ??= '';
    else values[field.name] = chosen ? field.value : '';
  }
  return values;
}

/** Puts back what was typed. By property, so that no secret is ever written into the page's markup. */
export function fillForm(form: HTMLFormElement, values: Values): void {
  for (const field of fieldsOf(form)) {
    const value = values[field.name] ?? '';
    if (isChoice(field)) field.checked = field.value === value;
    else field.value = value;
  }
}

type FormField = HTMLInputElement | HTMLSelectElement;

function fieldsOf(form: HTMLFormElement): FormField[] {
  return [...form.elements].filter((element): element is FormField => (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) && element.name !== '');
}

function isChoice(field: FormField): field is HTMLInputElement {
  return field.type === 'radio' || field.type === 'checkbox';
}

/** Whether something kept, or come from elsewhere, is values. */
export function areValues(values: unknown): values is Values {
  return typeof values === 'object' && values !== null && Object.values(values).every((value) => typeof value === 'string');
}
