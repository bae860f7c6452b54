// Dark unless this machine asks for light; the button's choice is remembered and wins.
import { byId } from './dom';
import { recall, remember } from './memory';

const key = 'monkonomy.theme';
const prefersLight = matchMedia('(prefers-color-scheme: light)');

/** Before anything is drawn: the chart reads its colours from the page. */
export function applyTheme(): void {
  const chosen = recall(key);
  const theme = chosen === 'dark' || chosen === 'light' ? chosen : prefersLight.matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
}

export function onThemeChanged(changed: () => void): void {
  const again = () => {
    applyTheme();
    changed();
  };
  prefersLight.addEventListener('change', again);
  byId('theme').addEventListener('click', () => {
    remember(key, document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    again();
  });
}
