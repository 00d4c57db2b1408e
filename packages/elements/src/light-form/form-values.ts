/** What is typed in a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

/** As it stands in the fields, whether or not they sent an event: password managers fill without one. */
export function readForm(form: HTMLFormElement): Values {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    if (field.type === 'radio' && !field.checked) values[field.name] ??= '';
    else values[field.name] = field.type === 'checkbox' && !field.checked ? '' : field.value;
  }
  return values;
}

/** Puts back what was typed. By property, so that no secret is ever written into the page's markup. */
export function fillForm(form: HTMLFormElement, values: Values): void {
  for (const field of fieldsOf(form)) {
    const value = values[field.name] ?? '';
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.value === value;
    else field.value = value;
  }
}

function fieldsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter((element): element is HTMLInputElement => element instanceof HTMLInputElement && element.name !== '');
}
