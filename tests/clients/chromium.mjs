import { chromium } from 'playwright-core';

/** Starts Chromium without what it does by itself over the network. */
export const launch = executablePath => chromium.launch({
  executablePath,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});

/** A page, signed in by the link of CLV_LINK where that is given. */
export async function openPage(browser, options) {
  const page = await browser.newPage(options);
  if (process.env.CLV_LINK) {
    await page.goto(process.env.CLV_LINK);
    await page.waitForURL('**/');
  }
  return page;
}

/** What a page complains of from now on: errors, and dialogs, which are dismissed. */
export function complaintsOf(page) {
  const complaints = [];
  page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', error => complaints.push(error.message));
  page.on('dialog', dialog => { complaints.push(dialog.message()); dialog.dismiss(); });
  return complaints;
}
