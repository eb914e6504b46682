/* Joins a page's passkey button to the library's script; says so when the browser refuses. */
document.addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("passkey");
  const { passkey, credential } = button.dataset;
  const ids = { credential, add: "passkey", authenticate: "passkey", data: "passkey-data" };
  const { addForm, authenticateForm } = window.allauth.webauthn.forms;
  (passkey === "make" ? addForm : authenticateForm)({ ids });
  button.disabled = false; // a click before this would do nothing
});
document.addEventListener("allauth.error", event => {
  event.preventDefault();
  document.getElementById("passkey-failed").hidden = false;
});
