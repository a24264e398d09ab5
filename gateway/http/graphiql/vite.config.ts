import { defineConfig } from 'vite';

export default defineConfig({
  base: '/graphiql/',
  build: {
    // Monaco is one large library that is only ever loaded whole.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      onLog(level, log, show) {
        // "use client" speaks to frameworks that render on a server.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') {
          show(level, log);
        }
      },
    },
  },
  worker: { format: 'es' },
});
