import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Build: `dist/`, base `/`, no inline scripts (the server sends a strict CSP). `npm run dev` passes the API through to a server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // data: URLs are allowed for images only, so everything else stays a file
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': process.env.JISHI_API_URL ?? 'http://127.0.0.1:8080' } },
});
