import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the page also works behind a proxy that adds a path.
  base: './',
  build: {
    outDir: '../../wwwroot',
    emptyOutDir: true,
    // Everything that can open the WebSocket of this page also knows module preloading.
    modulePreload: { polyfill: false },
  },
  // `npm run dev` beside a running market.
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:5080',
      '/ws': { target: 'ws://127.0.0.1:5080', ws: true },
    },
  },
});
