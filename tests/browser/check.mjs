// Opens pages in a browser, in the colour schemes and widths asked for; saves pictures; looks for faults with axe-core.
//
//   node check.mjs BROWSER MODULES PAGES PICTURES quick|full

import { readFileSync, readdirSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [browserPath, modules, pages, pictures, extent] = process.argv.slice(2);
const load = createRequire(resolve(modules, "package.json"));
const puppeteer = (await import(pathToFileURL(load.resolve("puppeteer-core")))).default;
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");

const full = extent === "full";
const files = readdirSync(pages).filter((name) => name.endsWith(".html") && (full || name === "rich-en.html"));
const schemes = full ? ["light", "dark"] : ["light"];
const widths = full ? [1100, 375] : [1100];

/** What the page itself must hold: nothing wider than the window, its style applied, nothing asked of the network. */
function measure() {
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    styled: getComputedStyle(document.querySelector(".skip")).position === "absolute",
    title: document.title,
  };
}

async function check(browser, file, scheme, width) {
  const page = await browser.newPage();
  const faults = [];
  const name = `${basename(file, ".html")}-${scheme}-${width}`;
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) faults.push(`asks for ${request.url()}`);
  });
  page.on("console", (message) => faults.push(`says ${message.text()}`));
  await page.setViewport({ width, height: 900, deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(pathToFileURL(resolve(pages, file)).href, { waitUntil: "load" });
  const held = await page.evaluate(measure);
  if (held.overflow > 0) faults.push(`is ${held.overflow} pixels too wide`);
  if (!held.styled) faults.push("does not apply its own style");
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: !file.startsWith("crowded") });
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of result.violations) {
    const nodes = violation.nodes.map((node) => node.target.join(" "));
    const line = `${violation.impact}: ${violation.id} (${nodes.length}): ${nodes.slice(0, 3).join(" | ")}`;
    if (["serious", "critical"].includes(violation.impact)) faults.push(line);
    else console.log(`   ${name}: ${line}`);
  }
  await page.close();
  return faults.map((fault) => `${name} ${fault}`);
}

mkdirSync(pictures, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: browserPath,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
});
const faults = [];
let looked = 0;
for (const file of files) {
  for (const scheme of schemes) {
    for (const width of widths) {
      faults.push(...(await check(browser, file, scheme, width)));
      looked += 1;
    }
  }
}
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${looked} pages looked at, ${faults.length} faults; pictures are in ${pictures}`);
process.exit(faults.length > 0 || looked === 0 ? 1 : 0);
