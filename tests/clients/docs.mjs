// Opens the page of the API in Chromium; prints how it looks and what it complains of.
// Usage: node docs.mjs ADDRESS CHROMIUM
import { complaintsOf, launch, openPage } from './chromium.mjs';

const [address, executablePath] = process.argv.slice(2);
const browser = await launch(executablePath);
try {
  const page = await openPage(browser, { locale: 'en-US' });
  const complaints = complaintsOf(page);
  const reply = await page.goto(`${address}docs/`);
  await page.getByText('Renew a key').first().waitFor();
  await page.getByText('Renew a key').first().click();
  await page.getByText('overlapHours').first().waitFor();
  console.log(JSON.stringify({
    complaints,
    policy: reply.headers()['content-security-policy'],
    rules: await page.evaluate(() => [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)),
    isLaidOut: await page.evaluate(() => getComputedStyle(document.querySelector('.references-layout')).display),
  }));
} finally {
  await browser.close();
}
