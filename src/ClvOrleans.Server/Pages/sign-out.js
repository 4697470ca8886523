// Ends the session on all silos, and at the provider that it came from, and shows where to sign in again.
document.getElementById('sign-out').onclick = async () => {
  const reply = await fetch('/sign-out', { method: 'POST' });
  location.replace(reply.status === 200 ? (await reply.json()).location : '/sign-in');
};
