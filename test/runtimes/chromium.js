import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, normalize } from "node:path";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "../..");

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Serves the built package and the smoke to a headless browser and gives back the smoke's result. */
export async function smokeInChromium(executablePath) {
  const server = createServer(serve).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  // Without its sandbox only where it would refuse to start: it never runs one as root.
  const browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    chromiumSandbox: process.getuid() !== 0,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(async () => {
      const { smoke } = await import("/test/runtimes/smoke.js");
      return smoke(await import("/dist/index.js"));
    });
  } finally {
    await browser.close();
    server.close();
  }
}

function serve(request, response) {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  if (path === "/") {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>weftwork</title>");
  } else if (/^\/(dist|test\/runtimes)\/[\w/.-]+\.js$/.test(path)) {
    response.setHeader("content-type", "text/javascript");
    response.end(readFileSync(join(root, path)));
  } else {
    response.statusCode = 404;
    response.end();
  }
}
