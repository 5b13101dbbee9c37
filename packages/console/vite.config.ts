import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Build: `dist/`, base `/`, no inline scripts (the server sends a strict CSP). `npm run dev` passes the API through to a server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    // data: URLs are allowed for images only, so everything else stays a file
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      output: {
        // Left alone, what some pages share becomes fifty files a page, and asking for them costs more than reading them.
        codeSplitting: {
          groups: [
            { name: 'charts', test: /node_modules\/(echarts|zrender)\//, priority: 3 },
            { name: 'libraries', test: /node_modules\//, minShareCount: 3, priority: 2 },
            { name: 'common', minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.JISHI_API_URL ?? 'http://127.0.0.1:8080' } },
});
