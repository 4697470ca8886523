// Signs in by the provider in Chromium from a page that was asked for, and out again; prints what was shown on the way.
// Usage: node sign-in.mjs ADDRESS PERSON CHROMIUM
import { complaintsOf, launch } from './chromium.mjs';

const [address, person, executablePath] = process.argv.slice(2);
const browser = await launch(executablePath);
try {
  const page = await browser.newPage({ locale: 'en-US' });
  const complaints = complaintsOf(page);
  await page.goto(`${address}storefront`);
  const offer = await page.locator('#provider-link').textContent();
  await page.locator('#provider-link').click();
  await page.locator('input[name=person]').fill(person);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/storefront');
  const arrived = await page.title();
  await page.goto(address);
  await page.locator('#sign-out').click();
  await page.waitForURL('**/session/end?**');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in*');
  await page.locator('#provider-link').click();
  await page.locator('input[name=person]').fill('a stranger');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#problem:not([hidden])').waitFor();
  const shown = { offer, arrived, problem: await page.locator('#problem').textContent() };
  // Chromium also counts answers that say no, such as the 401 of the page that was asked for first.
  console.log(JSON.stringify({ ...shown, complaints: complaints.filter(text => !text.startsWith('Failed to load resource')) }));
} finally {
  await browser.close();
}
