// Opens the page of a storefront at a customer in Chromium, and prints what it shows and what it should never do.
// Usage: node storefront.mjs ADDRESS CUSTOMER CHROMIUM
import { complaintsOf, launch, openPage } from './chromium.mjs';

const [address, customer, executablePath] = process.argv.slice(2);
const browser = await launch(executablePath);
try {
  const page = await openPage(browser, { locale: 'en-US' });
  const complaints = complaintsOf(page);
  await page.goto(`${address}storefront#${encodeURIComponent(customer)}`);
  await page.locator('#next:not(:empty)').waitFor();
  const shown = await page.evaluate(() => ({
    next: document.querySelector('#next').textContent,
    categories: [...document.querySelectorAll('#categories a')].map(a => a.textContent),
    ...Object.fromEntries(['reorder', 'explore'].map(id => [id, [...document.querySelectorAll(`#${id} li`)].map(li => li.textContent)])),
    saved: [...document.querySelectorAll('#saved dd')].map(dd => dd.textContent),
    band: document.querySelector('#band').textContent,
    fresh: document.querySelector('#fresh').textContent,
    offer: document.querySelector('#offer').hidden,
    markup: document.querySelectorAll('main :is(img, script, b, [onerror])').length,
  }));
  console.log(JSON.stringify({ ...shown, complaints }));
} finally {
  await browser.close();
}
