// Opens the first page at a customer in Chromium, and prints what their card shows and what the page should never do.
// Usage: node page.mjs ADDRESS CUSTOMER CHROMIUM
import { complaintsOf, launch, openPage } from './chromium.mjs';

const [address, customer, executablePath] = process.argv.slice(2);
const browser = await launch(executablePath);
try {
  const page = await openPage(browser, { locale: 'en-US' });
  const complaints = complaintsOf(page);
  await page.goto(`${address}#${encodeURIComponent(customer)}`);
  await page.waitForSelector('#card ol li');
  const card = await page.evaluate(() => ({
    title: document.querySelector('#card h3').textContent,
    rows: [...document.querySelectorAll('#card .why tr')].map(row => [...row.cells].map(cell => cell.textContent)),
    bars: [...document.querySelectorAll('#card .bar')].map(bar => ({ less: bar.classList.contains('less'), width: bar.offsetWidth / bar.parentElement.clientWidth })),
    moves: [...document.querySelectorAll('#card ol li')].map(line => line.textContent),
    markup: document.querySelectorAll('#card :is(img, script, b, [onerror])').length,
  }));
  console.log(JSON.stringify({ ...card, complaints }));
} finally {
  await browser.close();
}
