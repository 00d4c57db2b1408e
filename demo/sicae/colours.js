// Bootstrap takes its dark colours from an attribute; this one follows the device.
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => (document.documentElement.dataset.bsTheme = dark.matches ? 'dark' : 'light');
dark.addEventListener('change', follow);
follow();
