import type { Language } from '../account.ts'

export type Notice =
  | 'passwordChanged'
  | 'emailChanged'
  | 'authenticatorOn'
  | 'authenticatorOff'
  | 'recoveryCodesRenewed'
  | 'recoveryCodeUsed'
  | 'passkeyAdded'
  | 'passkeyRemoved'

type Said = { subject: string; lines: readonly string[] }
type Asked = Said & { action: string; until: string }

type Words = {
  greeting: string
  unasked: string
  linkBelow: string
  invitation: (about: { organization: string; inviter: string }) => Asked
  signUp: Asked
  signUpKnown: Omit<Asked, 'until'>
  verifyEmail: Asked
  changeEmail: Asked
  emailTaken: Said
  resetPassword: Asked
  notices: Record<Notice, Said>
  notYou: string
}

/** What letters say. */
export const letterWords: Record<Language, Words> = {
  en: {
    greeting: 'Hello,',
    unasked: 'If you did not ask for this, you can ignore this letter: nothing happens without the link.',
    linkBelow: 'If the button does not work, copy this address into your browser:',
    invitation: ({ organization, inviter }) => ({
      subject: `${inviter} invites you to ${organization}`,
      lines: [`${inviter} invites you to work with ${organization} on OpsFlow.`],
      action: 'Accept the invitation',
      until: 'The invitation is good for seven days, once, and for this address only.',
    }),
    signUp: {
      subject: 'Your OpsFlow sign-up',
      lines: ['You are about to set up an organization on OpsFlow. The link below proves that this address is yours.'],
      action: 'Go on with the sign-up',
      until: 'The link is good for 24 hours, once.',
    },
    signUpKnown: {
      subject: 'You have an OpsFlow account already',
      lines: [
        'Somebody, probably you, wanted to sign up with this address. It has an account already: sign in with it.',
      ],
      action: 'Sign in',
    },
    verifyEmail: {
      subject: 'Confirm your email address',
      lines: ['Please confirm that this address is yours.'],
      action: 'Confirm this address',
      until: 'The link is good for three days, once.',
    },
    changeEmail: {
      subject: 'Confirm your new email address',
      lines: ['From then on you sign in to OpsFlow with this address.'],
      action: 'Use this address',
      until: 'The link is good for 24 hours, once.',
    },
    emailTaken: {
      subject: 'This address has an OpsFlow account already',
      lines: [
        'Somebody with another OpsFlow account asked to use this address. It belongs to an account of its own, so nothing was changed.',
      ],
    },
    resetPassword: {
      subject: 'Set a new password',
      lines: [
        'With the link below you set a new password. Every device that is signed in to your account is signed out.',
      ],
      action: 'Set a new password',
      until: 'The link is good for one hour, once.',
    },
    notices: {
      passwordChanged: { subject: 'Your password was changed', lines: ['The password of your account was changed.'] },
      emailChanged: {
        subject: 'Your email address was changed',
        lines: ['You now sign in with another address. This one is no longer connected with your account.'],
      },
      authenticatorOn: {
        subject: 'Codes are now asked for at the sign-in',
        lines: ['An authenticator app was added to your account.'],
      },
      authenticatorOff: {
        subject: 'Codes are no longer asked for',
        lines: ['The authenticator app was removed from your account.'],
      },
      recoveryCodesRenewed: {
        subject: 'You have new recovery codes',
        lines: ['New recovery codes were made for your account. The old ones no longer work.'],
      },
      recoveryCodeUsed: {
        subject: 'A recovery code was used',
        lines: ['Somebody signed in to your account with your password and a recovery code.'],
      },
      passkeyAdded: { subject: 'A passkey was added', lines: ['A passkey was added to your account.'] },
      passkeyRemoved: { subject: 'A passkey was removed', lines: ['A passkey was removed from your account.'] },
    },
    notYou: 'If that was not you, set a new password at once and look at where you are signed in.',
  },
  es: {
    greeting: 'Hola:',
    unasked: 'Si usted no lo ha pedido, puede ignorar este correo: sin el enlace no ocurre nada.',
    linkBelow: 'Si el botón no funciona, copie esta dirección en su navegador:',
    invitation: ({ organization, inviter }) => ({
      subject: `${inviter} le invita a ${organization}`,
      lines: [`${inviter} le invita a trabajar con ${organization} en OpsFlow.`],
      action: 'Aceptar la invitación',
      until: 'La invitación vale siete días, una sola vez y solo para esta dirección.',
    }),
    signUp: {
      subject: 'Su registro en OpsFlow',
      lines: ['Está a punto de crear una organización en OpsFlow. Este enlace demuestra que la dirección es suya.'],
      action: 'Continuar con el registro',
      until: 'El enlace vale 24 horas y una sola vez.',
    },
    signUpKnown: {
      subject: 'Ya tiene una cuenta en OpsFlow',
      lines: [
        'Alguien, probablemente usted, quiso registrarse con esta dirección. Ya tiene una cuenta: inicie sesión con ella.',
      ],
      action: 'Iniciar sesión',
    },
    verifyEmail: {
      subject: 'Confirme su correo electrónico',
      lines: ['Confirme, por favor, que esta dirección es suya.'],
      action: 'Confirmar esta dirección',
      until: 'El enlace vale tres días y una sola vez.',
    },
    changeEmail: {
      subject: 'Confirme su nuevo correo electrónico',
      lines: ['A partir de entonces iniciará sesión en OpsFlow con esta dirección.'],
      action: 'Usar esta dirección',
      until: 'El enlace vale 24 horas y una sola vez.',
    },
    emailTaken: {
      subject: 'Esta dirección ya tiene una cuenta en OpsFlow',
      lines: [
        'Alguien con otra cuenta de OpsFlow pidió usar esta dirección. Pertenece a una cuenta propia, así que no se cambió nada.',
      ],
    },
    resetPassword: {
      subject: 'Elija una contraseña nueva',
      lines: ['Con este enlace elige una contraseña nueva. Se cerrará la sesión en todos sus dispositivos.'],
      action: 'Elegir una contraseña nueva',
      until: 'El enlace vale una hora y una sola vez.',
    },
    notices: {
      passwordChanged: { subject: 'Su contraseña ha cambiado', lines: ['Se ha cambiado la contraseña de su cuenta.'] },
      emailChanged: {
        subject: 'Su correo electrónico ha cambiado',
        lines: ['Ahora inicia sesión con otra dirección. Esta ya no está unida a su cuenta.'],
      },
      authenticatorOn: {
        subject: 'Ahora se piden códigos al iniciar sesión',
        lines: ['Se ha añadido una aplicación de autenticación a su cuenta.'],
      },
      authenticatorOff: {
        subject: 'Ya no se piden códigos',
        lines: ['Se ha quitado la aplicación de autenticación de su cuenta.'],
      },
      recoveryCodesRenewed: {
        subject: 'Tiene códigos de recuperación nuevos',
        lines: ['Se han creado códigos de recuperación nuevos. Los anteriores ya no sirven.'],
      },
      recoveryCodeUsed: {
        subject: 'Se ha usado un código de recuperación',
        lines: ['Alguien ha iniciado sesión con su contraseña y un código de recuperación.'],
      },
      passkeyAdded: {
        subject: 'Se ha añadido una llave de acceso',
        lines: ['Se ha añadido una llave de acceso a su cuenta.'],
      },
      passkeyRemoved: {
        subject: 'Se ha quitado una llave de acceso',
        lines: ['Se ha quitado una llave de acceso de su cuenta.'],
      },
    },
    notYou: 'Si no ha sido usted, elija enseguida una contraseña nueva y mire dónde tiene la sesión abierta.',
  },
}
