// Opens the first page in Chromium, waits until its parts are there and the first of them shows a text, and prints what the section about
// acting shows. Usage: node acting.mjs ADDRESS CHROMIUM PART,PART,... TEXT [PICTURE]
import { complaintsOf, launch, openPage } from './chromium.mjs';

const [address, executablePath, parts, text, picture] = process.argv.slice(2);
const browser = await launch(executablePath);
try {
  const page = await openPage(browser, { locale: 'en-US', viewport: { width: 1280, height: 1400 } });
  const complaints = complaintsOf(page);
  await page.goto(address);
  for (const [i, part] of parts.split(',').entries()) {
    const there = page.locator(`#${part}`);
    await (i === 0 ? there.filter({ hasText: text }) : there).waitFor();
  }
  if (picture) await page.screenshot({ path: picture, fullPage: true });
  const shown = await page.evaluate(() => ({
    begin: document.querySelector('#begin').hidden ? null : document.querySelector('#begin').textContent,
    ...Object.fromEntries(['own', 'policies', 'experiments', 'decisions'].map(id => [id, document.getElementById(id).hidden ? null
      : [...document.querySelectorAll(`#${id} tbody tr`)].map(row => [...row.cells].map(cell => cell.innerText.replaceAll('\n', ' | ')))])),
    markup: document.querySelectorAll('#acting :is(img, script, b, [onerror])').length,
  }));
  console.log(JSON.stringify({ ...shown, complaints }));
} finally {
  await browser.close();
}
