import type { ErrorCode } from '../codes.ts';

/** What happened and what to do, for people. `{{...}}` are values of the error's details. */
export const enUS: Record<ErrorCode, string> = {
  'request-invalid': 'The request cannot be understood. {{problem}} Correct it and send it again.',
  'body-too-large': 'What was sent is larger than accepted here. Send less at once, or split the file.',
  'not-signed-in': 'You are not signed in, or your session has ended. Sign in and try again.',
  'sign-in-failed': 'The e-mail address or the password is wrong. Check both and try again.',
  'sign-in-throttled': 'Too many failed sign-ins. Wait {{seconds}} seconds and try again.',
  'setup-done': 'The first administrator exists already. Sign in, or ask that person for an account.',
  'setup-token-wrong':
    'This set-up link is not valid. The terminal in which the server runs shows the current one; restarting the server prints a new one.',
  'write-key-invalid':
    'No valid write key came with the call: it is missing, mistyped or revoked. Create one under Settings and send it with each call.',
  'signature-invalid':
    'The signature of the call is missing, wrong or too old. Compare the secret, the header and the clock of the sender.',
  'not-allowed': 'Your role does not allow this. Ask an administrator for a role that does.',
  'attribute-not-allowed':
    'Your role may not use {{names}}: the data dictionary marks it as too sensitive. Leave it out, or ask an administrator.',
  'not-found': 'It does not exist, or no longer. Go back and reload the list.',
  'name-taken': '“{{name}}” is already in use. Choose another one.',
  'draft-conflict':
    'Somebody else saved this draft in the meantime; yours was not saved over it. Compare the two and decide which to keep.',
  'flow-has-problems':
    'The flow cannot be published yet: it has problems. Mend those in the problem list, then publish again.',
  'cases-failing':
    'The flow was not published: {{failed}} of its {{count}} cases fail. Mend the flow or the cases; an administrator may publish all the same.',
  'approval-required':
    'In this workspace a second person approves what is published. Send the draft for approval instead.',
  'approval-own':
    'You asked for this approval yourself, so somebody else has to decide. Withdraw it if it is not needed.',
  'approval-state': 'This request can no longer be decided: it is {{state}}. Reload the page.',
  'flow-template-invalid': '{{problem}} Then this flow can become a template.',
  'template-version': 'Version {{version}} is not later than {{newest}}, the newest there is. Choose a later one.',
  'template-answers': 'These settings cannot be used as they are: {{names}}. Correct them.',
  'template-built-in': 'This template came with the product and is not changed here. Save yours under another name.',
  'flow-not-live': 'The flow is not live, so this cannot be done now. Publish it first.',
  'dataset-invalid': 'The dataset cannot be declared like this. {{problem}} Change it and save again.',
  'dataset-in-use': 'The dataset cannot be deleted: {{names}} still look into it. Take it out there first.',
  'dataset-changed': 'Somebody else changed the dataset in the meantime. Reload it and make your change again.',
  'attribute-in-use':
    'The attribute is used by {{names}}, where it would be missing for everyone. Take it out there first, or confirm.',
  'attribute-derived': '{{name}} is worked out by the derived attribute {{derived}}. Delete that one instead.',
  'derived-in-use': 'The attribute cannot be deleted: {{names}} still look at it. Take it out there first.',
  'derived-invalid': 'The attribute cannot be worked out like this. {{problem}} Change it and save again.',
  'rule-invalid': 'No value could keep this rule. {{problem}} Correct the rule and save again.',
  'condition-invalid': 'The condition cannot be evaluated. {{problem}} Correct the marked part.',
  'audience-invalid': 'The audience cannot be saved like this: {{problem}} Change it and save again.',
  'audience-state': 'This cannot be done with the audience now: {{problem}} Reload the page.',
  'audience-changed':
    'Somebody else changed this audience in the meantime; yours was not saved over it. Reload it and change it again.',
  'export-key-invalid':
    '“{{key}}” is no public key. Paste the line that begins with age1; the recipient finds it in the output of age-keygen.',
  'audience-in-use':
    'The audience is used by {{count}} flows or audiences, which would find nobody in it. Take it out there first, or confirm.',
  'model-invalid': 'The model cannot be made like this: {{problem}} Change it and try again.',
  'model-state': 'This cannot be done with the model now: {{problem}} Reload the page.',
  'forecast-state': 'This cannot be done with the forecast now: {{problem}} Reload the page.',
  'statement-invalid': 'The statement cannot be run. {{problem}} Correct it at the place named.',
  'template-invalid': 'The node template cannot be published like this. {{problem}} Mend it and publish again.',
  'template-conflict': 'This version of the node template cannot be published. {{problem}} Then publish again.',
  'template-state': 'This version of the node template is {{state}} by now, so this cannot be done. Reload the page.',
  'merge-refused': 'Nothing was merged or undone. {{problem}} The page of each profile shows its merges.',
  'import-file-unreadable':
    'The file cannot be read as a table. {{problem}} Save it as CSV or TSV with one header row and upload it again.',
  'import-mapping-invalid': 'The column mapping cannot be used. {{problem}} Correct it and try again.',
  'import-state':
    'The import is not in a state that allows this; it may have started or ended already. Reload the page.',
  'liquid-invalid': 'The Liquid template has an error. {{problem}} Correct it at the place named.',
  'mjml-invalid': 'The MJML of the message has an error. {{problem}} Correct it at the place named.',
  'provider-invalid':
    'The e-mail provider cannot be used with these settings. {{problem}} Check host, port, security and password.',
  'secret-unreadable':
    'A stored password or key cannot be read: it was sealed under another SECRET_KEY, or is damaged. Enter it again, or start the server with the key it was sealed under.',
  'service-invalid': 'The service cannot be used with these settings. {{problem}} Correct it and save again.',
  'link-invalid':
    'This link is incomplete or was changed, so it leads nowhere. Use the link as it stands in the message.',
  'rate-limited': 'Too many calls in a short time. Wait {{seconds}} seconds and try again.',
  'query-too-slow':
    'The question took longer than allowed and was stopped. Narrow it down, for example to a shorter time, and try again.',
  'store-unreachable':
    'The data store does not answer, so nothing was read or changed. Try again in a moment; if it stays, check that the store runs.',
  unexpected:
    'Something went wrong in the server. Try again; if it stays, give the reference shown to whoever runs the server.',
};
