export const enUS = {
  title: 'E-mail',
  description: 'Sends an e-mail. Subject and body may contain values of the person.',
  ports: { next: 'Next' },
  summary: { subject: '“{{subject}}”', noSubject: 'No subject yet' },
  params: {
    to: { label: 'Address', help: 'The attribute that holds the e-mail address.' },
    subject: { label: 'Subject', placeholder: 'Hi {{ profile.attributes.name }}, this is for you' },
    preheader: { label: 'Preview line', help: 'Shown after the subject in most inboxes.' },
    body: { label: 'Body', help: 'MJML with Liquid variables. Links are tracked.' },
    fromName: { label: 'Sender name', help: 'The sender name of the e-mail provider when empty.' },
  },
  problems: {
    'email:subject-missing': 'The e-mail has no subject. Write one.',
    'email:body-missing': 'The e-mail has no content. Write it.',
    'email:address-unseen':
      'No profile has the attribute “{{attribute}}” so far, so nobody could be reached. Choose the attribute with the e-mail address, or import the data first.',
  },
  reasons: {
    'email:handed-over': 'E-mail handed over for sending',
    'email:no-address': 'Not sent: the attribute “{{attribute}}” is empty',
    'email:invalid-address': 'Not sent: the attribute “{{attribute}}” holds no valid e-mail address',
    'email:content-invalid': 'Not sent: the content could not be rendered. {{problem}}',
    'email:refused': 'The mail server refused it: {{response}}',
    'email:postponed': 'The mail server asked to try again later (attempt {{attempts}}): {{response}}',
    'email:gave-up': 'Given up after {{attempts}} attempts. The last answer of the mail server: {{response}}',
    'email:connection-lost':
      'The connection broke before the mail server had answered; it may have been sent and is not sent again. {{response}}',
    'email:sender-lost': 'The server was interrupted while sending; it may have been sent and is not sent again.',
    'email:words-missing': 'Not sent: its content was no longer in the queue',
  },
};
