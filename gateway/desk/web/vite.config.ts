import { defineConfig } from 'vitest/config';

// The page is served under /desk/ by the program itself, under a policy that allows no inline
// script or style, so the build makes files only, and no preload helper that would write any.
export default defineConfig({
  base: '/desk/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../page/dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    sourcemap: false,
    license: { fileName: 'licenses.md' },
  },
  server: {
    port: 5173,
    fs: { allow: ['../../..'] },
    proxy: {
      '/api': { target: 'http://127.0.0.1:8081', ws: true },
      '^/desk/(session|password|oidc|demo-session|signin-options)': 'http://127.0.0.1:8081',
    },
  },
  test: { environment: 'node', include: ['test/**/*.test.ts'] },
});
