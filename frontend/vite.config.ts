import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "/static/",
  publicDir: false,
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    manifest: true,
    // A four-year-old Android phone: cascade layers need 99, so nothing older is promised.
    target: ["chrome100", "safari15.4", "firefox100"],
    // Small files would become data: addresses, which the content policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        room: here("src/room/main.tsx"),
        desk: here("src/desk/main.tsx"),
        pages: here("src/pages/main.ts"),
      },
      // Few files: on a weak signal every request more costs more than a few bytes too many.
      output: {
        codeSplitting: {
          groups: [
            { name: "site", test: /src.(pages.(?!main)|live.exit)/ },
            { name: "live", test: /node_modules|src.live/ },
          ],
        },
      },
    },
  },
  test: {
    include: ["tests/**/*.test.{ts,tsx}", "src/**/*.test.{ts,tsx}"],
    environment: "node",
    restoreMocks: true,
  },
});
