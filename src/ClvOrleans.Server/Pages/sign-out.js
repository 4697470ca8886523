// Ends the session on all silos, and shows where to sign in again.
document.getElementById('sign-out').onclick = async () => {
  await fetch('/sign-out', { method: 'POST' });
  location.replace('/sign-in');
};
