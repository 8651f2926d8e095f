import { chromium } from "playwright-core";
const [,, origin, out, ...paths] = process.argv;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu"] });
for (const [i, p] of paths.entries()) for (const [n, w, th] of [["desk",1440,"light"],["phone",390,"dark"]]) {
  const c = await b.newContext({ viewport: { width: w, height: 900 }, colorScheme: th });
  const page = await c.newPage();
  await page.goto(origin + p, { waitUntil: "load" });
  await page.waitForTimeout(2500);
  const h = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({ path: `${out}/${i}-${n}.png`, clip: { x: 0, y: 0, width: w, height: Math.min(h, n==="desk"?2600:3000) }, fullPage: true });
  console.log(p, n, h);
  await c.close();
}
await b.close();
