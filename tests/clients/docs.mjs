// Opens the page of the API in Chromium; prints how it looks and what it complains of.
// Usage: node docs.mjs ADDRESS CHROMIUM
import { complaintsOf, launch, openPage } from './chromium.mjs';

const [address, executablePath] = process.argv.slice(2);
const browser = await launch(executablePath);
try {
  const page = await openPage(browser, { locale: 'en-US' });
  const complaints = complaintsOf(page);
  const reply = await page.goto(`${address}docs/#tag/keys`);
  await page.getByText('Renew a key').first().waitFor();
  console.log(JSON.stringify({
    // Attributes that the library writes for the look of single icons stay without effect; no hash lets them in.
    complaints: complaints.filter(text => !text.includes('hashes do not apply to event handlers, style attributes')),
    background: await page.evaluate(
      () => getComputedStyle(document.querySelector('.light-mode, .dark-mode')).getPropertyValue('--scalar-background-1')),
    policy: reply.headers()['content-security-policy'],
    rules: await page.evaluate(() => [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)),
    isLaidOut: await page.evaluate(() => getComputedStyle(document.querySelector('.references-layout')).display),
  }));
} finally {
  await browser.close();
}
