// Each element's class carries the version that defined it.
const VERSION_OF = Symbol.for('oya.version');

for (const tag of ['oya-login', 'oya-consumption']) {
  const item = document.createElement('li');
  item.textContent = `<${tag}>…`;
  document.getElementById('served').append(item);
  customElements.whenDefined(tag).then((element) => {
    item.textContent = `<${tag}> ${element[VERSION_OF]}`;
  });
}
