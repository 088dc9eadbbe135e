// Bundles styles, fonts, icons and islands into dist/, each file named after its content so that
// browsers may keep it for ever, and writes manifest.json: plain name → hashed name.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: {
    "app": "src/app.ts",
    "rtl": "src/styles/rtl.css",
    "ltr": "src/styles/ltr.css",
  },
  bundle: true,
  minify: true,
  metafile: true,
  outdir: "dist",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  // Old shared office machines: the oldest browsers that still run there.
  target: ["chrome109", "firefox115"],
  format: "iife",
  legalComments: "none",
  logLevel: "warning",
});

const manifest = {};
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  const name = path.basename(file);
  const plain = name.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1");
  if (output.entryPoint || name.endsWith(".woff2")) manifest[plain] = name;
}

for (const [plain, source] of [
  ["icons.svg", "src/icons.svg"],
  ["mark.svg", "src/mark.svg"],
  // For the papers that the server prints.
  ["Vazirmatn-Regular.ttf", "node_modules/vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf"],
  ["Vazirmatn-Bold.ttf", "node_modules/vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf"],
]) {
  const bytes = readFileSync(path.join(here, source));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const name = plain.replace(/(\.\w+)$/, `-${hash}$1`);
  copyFileSync(path.join(here, source), path.join(dist, name));
  manifest[plain] = name;
}

writeFileSync(path.join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
