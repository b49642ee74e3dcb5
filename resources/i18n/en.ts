<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="fr">
  <context>
    <name>filrouge</name>
    <message>
      <source>&amp;Répondu</source>
      <translation>&amp;Resolved</translation>
    </message>
    <message>
      <source>&amp;Transféré</source>
      <translation>&amp;Transfer</translation>
    </message>
    <message>
      <source>+ {count} dans la grande fenêtre</source>
      <translation>+ {count} in the large window</translation>
    </message>
    <message>
      <source>, celui de la console</source>
      <translation>, the console’s own</translation>
    </message>
    <message>
      <source>, files {first} à {last} sur {count}</source>
      <translation>, queues {first} to {last} of {count}</translation>
    </message>
    <message>
      <source>, par {count} canaux</source>
      <translation>, by {count} channels</translation>
    </message>
    <message>
      <source>00 si jour ou mois inconnu</source>
      <translation>00 if day or month unknown</translation>
    </message>
    <message>
      <source>1 dossier possible</source>
      <translation>1 possible file</translation>
    </message>
    <message>
      <source>1 à 15 min, l’appel continue</source>
      <translation>1 to 15 min, the call goes on</translation>
    </message>
    <message>
      <source>12 mois</source>
      <translation>12 months</translation>
    </message>
    <message>
      <source>1&lt;sup&gt;er&lt;/sup&gt; prénom de naissance</source>
      <translation>First given name at birth</translation>
    </message>
    <message>
      <source>1er</source>
      <translation>1</translation>
    </message>
    <message>
      <source>20 s chacun</source>
      <translation>20 s each</translation>
    </message>
    <message>
      <source>24 h</source>
      <translation>24 h</translation>
    </message>
    <message>
      <source>3 lettres suffisent</source>
      <translation>3 letters are enough</translation>
    </message>
    <message>
      <source>7 jours</source>
      <translation>7 days</translation>
    </message>
    <message>
      <source>72 h</source>
      <translation>72 h</translation>
    </message>
    <message>
      <source>72 h sans le serveur : fiches effacées. Vos saisies restent et partiront.</source>
      <translation>72 h without the server: files erased. What you entered is kept and will be sent.</translation>
    </message>
    <message>
      <source>Abandons</source>
      <translation>Abandoned</translation>
    </message>
    <message>
      <source>Absence</source>
      <translation>Absence</translation>
    </message>
    <message>
      <source>Accord de la personne</source>
      <translation>The person’s agreement</translation>
    </message>
    <message>
      <source>Accueil</source>
      <translation>Home</translation>
    </message>
    <message>
      <source>Accueil guichet</source>
      <translation>Front desk</translation>
    </message>
    <message>
      <source>Accueil téléphonique</source>
      <translation>Telephone reception</translation>
    </message>
    <message>
      <source>Accusé de réception automatique envoyé à {at}</source>
      <translation>Automatic acknowledgement sent at {at}</translation>
    </message>
    <message>
      <source>Accès</source>
      <translation>Access</translation>
    </message>
    <message>
      <source>Accès retiré : fiches effacées. Vos saisies restent gardées.</source>
      <translation>Access withdrawn: files erased. What you entered is still kept.</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>Actions</translation>
    </message>
    <message>
      <source>Actualiser</source>
      <translation>Refresh</translation>
    </message>
    <message>
      <source>Admin., facturation</source>
      <translation>Admin., billing</translation>
    </message>
    <message>
      <source>Affichage mural</source>
      <translation>Wall display</translation>
    </message>
    <message>
      <source>Agents</source>
      <translation>Agents</translation>
    </message>
    <message>
      <source>Agents libres</source>
      <translation>Free agents</translation>
    </message>
    <message>
      <source>Agents libres : postes disponibles, sans appel, sur tous ceux du service.</source>
      <translation>Free agents: seats said to be available and without a call, out of all those of the department.</translation>
    </message>
    <message>
      <source>Aidant autorisé</source>
      <translation>Authorised carer</translation>
    </message>
    <message>
      <source>Aide clavier</source>
      <translation>Keyboard help</translation>
    </message>
    <message>
      <source>Aide du clavier, F1</source>
      <translation>Keyboard help, F1</translation>
    </message>
    <message>
      <source>Ajouter 1 min</source>
      <translation>Add 1 min</translation>
    </message>
    <message>
      <source>Alt {number}</source>
      <translation>Alt {number}</translation>
    </message>
    <message>
      <source>Annoncer d’abord</source>
      <translation>Announce first</translation>
    </message>
    <message>
      <source>Annuaire</source>
      <translation>Directory</translation>
    </message>
    <message>
      <source>Annuaire, qui est de garde ?</source>
      <translation>Directory, who is on duty?</translation>
    </message>
    <message>
      <source>Annulation</source>
      <translation>Undo</translation>
    </message>
    <message>
      <source>Annulation possible</source>
      <translation>Can be undone</translation>
    </message>
    <message>
      <source>Annuler</source>
      <translation>Cancel</translation>
    </message>
    <message>
      <source>Annuler</source>
      <comment>défaire</comment>
      <translation>Undo</translation>
    </message>
    <message>
      <source>Annuler ce qui vient d’être fait</source>
      <translation>Undo what was just done</translation>
    </message>
    <message>
      <source>Annulé</source>
      <translation>Cancelled</translation>
    </message>
    <message>
      <source>Appel</source>
      <translation>Call</translation>
    </message>
    <message>
      <source>Appel de {at}</source>
      <translation>Call of {at}</translation>
    </message>
    <message>
      <source>Appel d’essai</source>
      <translation>Test call</translation>
    </message>
    <message>
      <source>Appel entrant</source>
      <translation>Incoming call</translation>
    </message>
    <message>
      <source>Appel entrant, {time}</source>
      <translation>Incoming call, {time}</translation>
    </message>
    <message>
      <source>Appel gardé dans À qualifier.</source>
      <translation>Call kept in To log.</translation>
    </message>
    <message>
      <source>Appel manqué</source>
      <translation>Missed call</translation>
    </message>
    <message>
      <source>Appel noté</source>
      <translation>Call noted</translation>
    </message>
    <message>
      <source>Appel qualifié, mais la promesse cochée est celle d’un autre patient : elle reste ouverte.</source>
      <translation>Call logged, but the promise that was ticked is another patient’s: it stays open.</translation>
    </message>
    <message>
      <source>Appel qualifié, {motive}</source>
      <translation>Call logged, {motive}</translation>
    </message>
    <message>
      <source>Appel rattaché.</source>
      <translation>Call attached.</translation>
    </message>
    <message>
      <source>Appel rattaché. Le dossier s’ouvre dès que le serveur l’envoie.</source>
      <translation>Call linked. The file opens as soon as the server sends it.</translation>
    </message>
    <message>
      <source>Appel sortant</source>
      <translation>Outgoing call</translation>
    </message>
    <message>
      <source>Appel sortant, {time}</source>
      <translation>Outgoing call, {time}</translation>
    </message>
    <message>
      <source>Appel terminé, {time}</source>
      <translation>Call over, {time}</translation>
    </message>
    <message>
      <source>Appel terminé, à qualifier</source>
      <translation>Call over, to log</translation>
    </message>
    <message>
      <source>Appel vidéo</source>
      <translation>Video call</translation>
    </message>
    <message>
      <source>Appel à qualifier</source>
      <translation>Call to log</translation>
    </message>
    <message>
      <source>Appelant vérifié</source>
      <translation>Caller verified</translation>
    </message>
    <message>
      <source>Appelant vérifié, traits comparés</source>
      <translation>Caller verified, traits compared</translation>
    </message>
    <message>
      <source>Appelant à identifier</source>
      <translation>Caller to identify</translation>
    </message>
    <message>
      <source>Appelants perdus</source>
      <translation>Lost callers</translation>
    </message>
    <message>
      <source>Appelants perdus : numéros distincts ni joints ni rappelés dans les 24 h ÷ appelants distincts.</source>
      <translation>Lost callers: distinct numbers neither reached nor called back within 24 h ÷ distinct callers.</translation>
    </message>
    <message>
      <source>Appeler</source>
      <translation>Call</translation>
    </message>
    <message>
      <source>Appeler le {number}</source>
      <translation>Call {number}</translation>
    </message>
    <message>
      <source>Appels</source>
      <translation>Calls</translation>
    </message>
    <message>
      <source>Appels masqués sans réponse, comptés à part, sans numéro.</source>
      <translation>Hidden calls without an answer, counted apart, without a number.</translation>
    </message>
    <message>
      <source>Appels pris aujourd’hui</source>
      <translation>Calls taken today</translation>
    </message>
    <message>
      <source>Application</source>
      <translation>App</translation>
    </message>
    <message>
      <source>Appliquer ce choix</source>
      <translation>Apply this choice</translation>
    </message>
    <message>
      <source>Appuyez sur chaque touche : elle devient verte.</source>
      <translation>Press each key: it turns green.</translation>
    </message>
    <message>
      <source>Arrêter</source>
      <translation>Stop</translation>
    </message>
    <message>
      <source>Attend une réponse</source>
      <translation>Waits for a reply</translation>
    </message>
    <message>
      <source>Attendu</source>
      <translation>Expected</translation>
    </message>
    <message>
      <source>Attendus au guichet</source>
      <translation>Expected at the desk</translation>
    </message>
    <message>
      <source>Attente</source>
      <translation>Hold</translation>
    </message>
    <message>
      <source>Attente avant abandon : somme des attentes des abandons ÷ abandons, courts exclus.</source>
      <translation>Wait before abandoning: total waits of abandoned calls ÷ abandoned calls, short ones left out.</translation>
    </message>
    <message>
      <source>Attente ressentie</source>
      <translation>Perceived wait</translation>
    </message>
    <message>
      <source>Attente ressentie : neuf appelants décrochés sur dix ont moins attendu.</source>
      <translation>Perceived wait: nine answered callers out of ten waited less.</translation>
    </message>
    <message>
      <source>Attente ressentie : première sonnerie à décroché, menu compris, médiane.</source>
      <translation>Perceived wait: first ring to answer, menu included, median.</translation>
    </message>
    <message>
      <source>Attente, reprendre</source>
      <translation>Hold, resume</translation>
    </message>
    <message>
      <source>Au prochain démarrage de la console</source>
      <translation>At the console’s next start</translation>
    </message>
    <message>
      <source>Au sujet de</source>
      <translation>About</translation>
    </message>
    <message>
      <source>Aucun</source>
      <translation>None</translation>
    </message>
    <message>
      <source>Aucun annuaire n’est importé</source>
      <translation>No directory is imported</translation>
    </message>
    <message>
      <source>Aucun appel sans patient de ce numéro n’est à rattacher.</source>
      <translation>No call from this number is waiting to be linked.</translation>
    </message>
    <message>
      <source>Aucun autre appel d’aujourd’hui n’est sans patient.</source>
      <translation>No other call of today is without a patient.</translation>
    </message>
    <message>
      <source>Aucun autre appel masqué aujourd’hui</source>
      <translation>No other hidden call today</translation>
    </message>
    <message>
      <source>Aucun autre dossier ne ressemble à celui-ci.</source>
      <translation>No other record looks like this one.</translation>
    </message>
    <message>
      <source>Aucun compte ouvert ici n’a votre identifiant.</source>
      <translation>No open account here has your login.</translation>
    </message>
    <message>
      <source>Aucun contact</source>
      <translation>No contact</translation>
    </message>
    <message>
      <source>Aucun contact avec ces filtres.</source>
      <translation>No contact with these filters.</translation>
    </message>
    <message>
      <source>Aucun contact à montrer.</source>
      <translation>No contact to show.</translation>
    </message>
    <message>
      <source>Aucun dossier</source>
      <translation>No file</translation>
    </message>
    <message>
      <source>Aucun dossier ne correspond ?</source>
      <translation>No file matches?</translation>
    </message>
    <message>
      <source>Aucun dossier pour ce numéro</source>
      <translation>No file for this number</translation>
    </message>
    <message>
      <source>Aucun dossier à ce nom, à ce prénom et à cette date : faites-les répéter.</source>
      <translation>No record under this name, first name and date: have them repeated.</translation>
    </message>
    <message>
      <source>Aucun message envoyé n’attend de réponse.</source>
      <translation>No message sent waits for an answer.</translation>
    </message>
    <message>
      <source>Aucun message pour votre service.</source>
      <translation>No message for your department.</translation>
    </message>
    <message>
      <source>Aucun message reçu.</source>
      <translation>No message received.</translation>
    </message>
    <message>
      <source>Aucun navigateur ne s’ouvre sur ce poste. Utilisez votre mot de passe.</source>
      <translation>No browser opens on this desk. Use your password.</translation>
    </message>
    <message>
      <source>Aucun numéro n’est à composer ici : voyez la fiche.</source>
      <translation>No number to dial here: see the sheet.</translation>
    </message>
    <message>
      <source>Aucun poste téléphonique</source>
      <translation>No extension</translation>
    </message>
    <message>
      <source>Aucun poste téléphonique n’est lié à votre compte : voyez l’administrateur.</source>
      <translation>No telephone is tied to your account: see the administrator.</translation>
    </message>
    <message>
      <source>Aucun proche n’est connu.</source>
      <translation>No relative is known.</translation>
    </message>
    <message>
      <source>Aucun résultat au téléphone. Proposez le portail ou un rappel du médecin.</source>
      <translation>No result on the telephone. Offer the portal or a call-back by the doctor.</translation>
    </message>
    <message>
      <source>Aucun à venir</source>
      <translation>None to come</translation>
    </message>
    <message>
      <source>Aucune</source>
      <translation>None</translation>
    </message>
    <message>
      <source>Aucune consigne aujourd’hui.</source>
      <translation>No note today.</translation>
    </message>
    <message>
      <source>Aucune fiche n’est encore écrite ici.</source>
      <translation>No sheet is written here yet.</translation>
    </message>
    <message>
      <source>Aucune fiche n’est ouverte</source>
      <translation>No file is open</translation>
    </message>
    <message>
      <source>Aucune lettre seule ne déclenche d’action : taper au mauvais endroit ne fait jamais rien d’irréversible.</source>
      <translation>No letter alone does anything: typing in the wrong place never does what can’t be undone.</translation>
    </message>
    <message>
      <source>Aucune ouverte</source>
      <translation>None open</translation>
    </message>
    <message>
      <source>Aucune touche</source>
      <translation>No key</translation>
    </message>
    <message>
      <source>Auj.</source>
      <translation>Today</translation>
    </message>
    <message>
      <source>Auj. {time}</source>
      <translation>{time}</translation>
    </message>
    <message>
      <source>Aujourd’hui</source>
      <translation>Today</translation>
    </message>
    <message>
      <source>Automatisations</source>
      <translation>Automations</translation>
    </message>
    <message>
      <source>Autorisé</source>
      <translation>Allowed</translation>
    </message>
    <message>
      <source>Autorisé à</source>
      <translation>Allowed to</translation>
    </message>
    <message>
      <source>Autre</source>
      <translation>Pick</translation>
    </message>
    <message>
      <source>Autre logiciel au premier plan</source>
      <translation>Another program in front</translation>
    </message>
    <message>
      <source>Autre échéance</source>
      <translation>Other due time</translation>
    </message>
    <message>
      <source>Autres actions</source>
      <translation>Other actions</translation>
    </message>
    <message>
      <source>Avant</source>
      <translation>By</translation>
    </message>
    <message>
      <source>Base de connaissances</source>
      <translation>Knowledge base</translation>
    </message>
    <message>
      <source>Base légale : {basis}</source>
      <translation>Legal basis: {basis}</translation>
    </message>
    <message>
      <source>Brouillon enregistré</source>
      <translation>Draft saved</translation>
    </message>
    <message>
      <source>Cadre : {name}</source>
      <translation>Supervisor: {name}</translation>
    </message>
    <message>
      <source>Canal</source>
      <translation>Channel</translation>
    </message>
    <message>
      <source>Canal d’origine</source>
      <translation>Original channel</translation>
    </message>
    <message>
      <source>Canal préféré</source>
      <translation>Preferred channel</translation>
    </message>
    <message>
      <source>Ce collègue n’a plus de compte ici : choisissez-en un autre.</source>
      <translation>This colleague no longer has an account here: choose another.</translation>
    </message>
    <message>
      <source>Ce contact a été effacé : cherchez la fiche de nouveau (F2).</source>
      <translation>This contact was erased: search for the record again (F2).</translation>
    </message>
    <message>
      <source>Ce destinataire n’est plus dans l’annuaire : choisissez-en un autre.</source>
      <translation>This recipient is no longer in the directory: choose another.</translation>
    </message>
    <message>
      <source>Ce dossier n’est pas à ce poste : notez d’abord un contact (Ctrl N).</source>
      <translation>This record is not at this desk: note a contact first (Ctrl N).</translation>
    </message>
    <message>
      <source>Ce dossier n’est plus ici : cherchez-le de nouveau (F2).</source>
      <translation>This record is no longer here: search for it again (F2).</translation>
    </message>
    <message>
      <source>Ce matin</source>
      <translation>This morning</translation>
    </message>
    <message>
      <source>Ce message a été effacé : laissez-en un autre.</source>
      <translation>This message was erased: leave another one.</translation>
    </message>
    <message>
      <source>Ce message vocal ne peut plus être écouté : rappelez le numéro.</source>
      <translation>This voicemail can no longer be played: call the number back.</translation>
    </message>
    <message>
      <source>Ce motif demande une note.</source>
      <translation>This reason asks for a note.</translation>
    </message>
    <message>
      <source>Ce motif demande une note : dites en une phrase ce qu’il en est.</source>
      <translation>This reason asks for a note: say in one sentence how things stand.</translation>
    </message>
    <message>
      <source>Ce motif n’est plus au catalogue : choisissez-en un autre.</source>
      <translation>This reason is no longer in the catalogue: choose another.</translation>
    </message>
    <message>
      <source>Ce ne sont pas les mêmes</source>
      <translation>They are not the same</translation>
    </message>
    <message>
      <source>Ce numéro ne peut pas être composé : vérifiez-le.</source>
      <translation>This number cannot be dialled: check it.</translation>
    </message>
    <message>
      <source>Ce numéro ne peut pas être rappelé : faites-le répéter.</source>
      <translation>This number cannot be called back: have it repeated.</translation>
    </message>
    <message>
      <source>Ce n’est pas la phrase de ce poste.</source>
      <translation>This is not the phrase of this desk.</translation>
    </message>
    <message>
      <source>Ce poste</source>
      <translation>This desk</translation>
    </message>
    <message>
      <source>Ce poste ne laisse pas entendre {key} depuis un autre logiciel.</source>
      <translation>This computer lets no {key} be heard from another program.</translation>
    </message>
    <message>
      <source>Ce poste n’a pas de trousseau où garder sa clé. Choisissez une phrase : elle chiffre ce qu’il garde, sera demandée à chaque ouverture et n’est écrite nulle part. Sans elle, ce qui n’est pas encore envoyé est perdu.</source>
      <translation>This desk has no keyring to keep its key in. Choose a phrase: it encrypts what the desk keeps, will be asked at each opening and is written nowhere. Without it, what is not sent yet is lost.</translation>
    </message>
    <message>
      <source>Ce poste n’a pas de trousseau : sa phrase ouvre ce qu’il garde.</source>
      <translation>This desk has no keyring: its phrase opens what it keeps.</translation>
    </message>
    <message>
      <source>Ce poste n’a rien pour écouter : branchez un casque ou un haut-parleur.</source>
      <translation>Nothing to listen with at this desk: plug in a headset or a loudspeaker.</translation>
    </message>
    <message>
      <source>Ce que la personne demande, en une phrase</source>
      <translation>What the person asks for, in one sentence</translation>
    </message>
    <message>
      <source>Ce que nous disons</source>
      <translation>What we say</translation>
    </message>
    <message>
      <source>Ce que nous ne disons jamais</source>
      <translation>What we never say</translation>
    </message>
    <message>
      <source>Ce qui est enregistré sur ce poste y reste.</source>
      <translation>What is saved on this desk stays there.</translation>
    </message>
    <message>
      <source>Ce qui sera regroupé</source>
      <translation>What will be joined</translation>
    </message>
    <message>
      <source>Ce qu’il faut faire ou dire</source>
      <translation>What to do or say</translation>
    </message>
    <message>
      <source>Ce service n’existe plus : choisissez-en un autre.</source>
      <translation>This department no longer exists: choose another.</translation>
    </message>
    <message>
      <source>Cela a changé entre-temps : relisez, puis recommencez s’il le faut.</source>
      <translation>This changed meanwhile: read it again, then redo it if needed.</translation>
    </message>
    <message>
      <source>Ces deux appels sont de patients différents : vérifiez d’abord qui appelle.</source>
      <translation>These two calls are from different patients: first check who is calling.</translation>
    </message>
    <message>
      <source>Ces deux dossiers ne seront plus proposés.</source>
      <translation>These two records will not be proposed again.</translation>
    </message>
    <message>
      <source>Ces réglages restent sur ce poste, pour votre session de l’ordinateur. Les règles de l’établissement sont posées par l’administrateur.</source>
      <translation>These settings stay on this desk, for your account on the computer. The establishment’s rules are set by the administrator.</translation>
    </message>
    <message>
      <source>Cet appel est déjà relié.</source>
      <translation>This call is linked already.</translation>
    </message>
    <message>
      <source>Cet appel n’est pas à votre poste.</source>
      <translation>This call is not at your telephone.</translation>
    </message>
    <message>
      <source>Cet appel n’est plus sur ce poste : cherchez le patient.</source>
      <translation>This call is no longer on this desk: search for the patient.</translation>
    </message>
    <message>
      <source>Cet appel n’est plus à votre poste.</source>
      <translation>This call is no longer at your telephone.</translation>
    </message>
    <message>
      <source>Cet appel vient de changer d’état : regardez où il en est.</source>
      <translation>This call has just changed state: see where it stands.</translation>
    </message>
    <message>
      <source>Cet après-midi</source>
      <translation>This afternoon</translation>
    </message>
    <message>
      <source>Cet identifiant était celui d’une autre personne.</source>
      <translation>This login was somebody else’s.</translation>
    </message>
    <message>
      <source>Cette action demande le serveur. Réessayez au retour de la connexion.</source>
      <translation>This action needs the server. Try again once the connection is back.</translation>
    </message>
    <message>
      <source>Cette consigne a été retirée entre-temps.</source>
      <translation>This note was withdrawn meanwhile.</translation>
    </message>
    <message>
      <source>Cette date de naissance ne se lit pas : écrivez jour, mois, année.</source>
      <translation>This birth date cannot be read: write day, month, year.</translation>
    </message>
    <message>
      <source>Cette date est à venir : écrivez celle du jour où cela fut dit.</source>
      <translation>This date is in the future: write the day on which it was said.</translation>
    </message>
    <message>
      <source>Cette demande a été effacée : choisissez-en une autre, ou créez-la.</source>
      <translation>This request was erased: choose another, or create it.</translation>
    </message>
    <message>
      <source>Cette demande a été modifiée deux fois</source>
      <translation>This request was changed twice</translation>
    </message>
    <message>
      <source>Cette demande est celle d’un autre patient : choisissez-en une de la fiche ouverte.</source>
      <translation>This request belongs to another patient: choose one from the open record.</translation>
    </message>
    <message>
      <source>Cette demande est close ou déjà reliée : choisissez-en une autre.</source>
      <translation>This request is closed or already linked: choose another.</translation>
    </message>
    <message>
      <source>Cette promesse a changé entre-temps : relisez-la, puis recommencez s’il le faut.</source>
      <translation>This promise changed meanwhile: read it again, then redo it if needed.</translation>
    </message>
    <message>
      <source>Cette promesse a été effacée : promettez de nouveau (F9).</source>
      <translation>This promise was erased: promise again (F9).</translation>
    </message>
    <message>
      <source>Cette promesse est déjà close : l’historique dit par qui.</source>
      <translation>This promise is already closed: the history says by whom.</translation>
    </message>
    <message>
      <source>Cette saisie est d’un autre compte : son auteur l’envoie en ouvrant sa session.</source>
      <translation>This entry belongs to another account: its author sends it by signing in.</translation>
    </message>
    <message>
      <source>Cette touche agit dans la liste ou le panneau où l’on se trouve.</source>
      <translation>This key acts in the list or panel where you are.</translation>
    </message>
    <message>
      <source>Cette valeur ne se lit pas : corrigez-la, puis enregistrez de nouveau.</source>
      <translation>This value cannot be read: correct it, then save again.</translation>
    </message>
    <message>
      <source>Champ</source>
      <translation>Field</translation>
    </message>
    <message>
      <source>Changer</source>
      <translation>Change</translation>
    </message>
    <message>
      <source>Changer de canal</source>
      <translation>Change channel</translation>
    </message>
    <message>
      <source>Changer d’utilisateur</source>
      <translation>Change user</translation>
    </message>
    <message>
      <source>Chat web</source>
      <translation>Web chat</translation>
    </message>
    <message>
      <source>Chaîne de secours</source>
      <translation>Fallback chain</translation>
    </message>
    <message>
      <source>Chercher</source>
      <translation>Find</translation>
    </message>
    <message>
      <source>Chercher dans la liste</source>
      <translation>Find in the list</translation>
    </message>
    <message>
      <source>Chercher dans l’annuaire</source>
      <translation>Search the directory</translation>
    </message>
    <message>
      <source>Chercher dans l’historique</source>
      <translation>Search the history</translation>
    </message>
    <message>
      <source>Chercher dans l’historique, Ctrl+F</source>
      <translation>Search the history, Ctrl+F</translation>
    </message>
    <message>
      <source>Chercher dans tout l’établissement</source>
      <translation>Search the whole hospital</translation>
    </message>
    <message>
      <source>Chercher un motif</source>
      <translation>Find a reason</translation>
    </message>
    <message>
      <source>Chercher un patient</source>
      <translation>Find a patient</translation>
    </message>
    <message>
      <source>Chercher une action</source>
      <translation>Find an action</translation>
    </message>
    <message>
      <source>Chiffrer ce poste</source>
      <translation>Encrypt this desk</translation>
    </message>
    <message>
      <source>Choisi au regroupement</source>
      <translation>Chosen when joining</translation>
    </message>
    <message>
      <source>Choisir</source>
      <translation>Choose</translation>
    </message>
    <message>
      <source>Choisir le patient (numéro partagé)</source>
      <translation>Choose the patient (shared number)</translation>
    </message>
    <message>
      <source>Choisissez d’abord une personne dans la liste.</source>
      <translation>Choose a person on the list first.</translation>
    </message>
    <message>
      <source>Choisissez d’abord à qui écrire, puis Ctrl Maj M.</source>
      <translation>Choose first whom to write to, then Ctrl Shift M.</translation>
    </message>
    <message>
      <source>Choisissez l’un des deux dossiers séparés.</source>
      <translation>Choose one of the two parted records.</translation>
    </message>
    <message>
      <source>Choisissez une heure à venir.</source>
      <translation>Choose a time to come.</translation>
    </message>
    <message>
      <source>Choisissez une pause, ou Disponible.</source>
      <translation>Choose a break, or Available.</translation>
    </message>
    <message>
      <source>Choix</source>
      <translation>Choice</translation>
    </message>
    <message>
      <source>Choix gardé. Les deux versions restent dans le journal.</source>
      <translation>Choice kept. Both versions stay in the journal.</translation>
    </message>
    <message>
      <source>Cinq</source>
      <translation>Five</translation>
    </message>
    <message>
      <source>Clair</source>
      <translation>Light</translation>
    </message>
    <message>
      <source>Clavier</source>
      <translation>Keyboard</translation>
    </message>
    <message>
      <source>Clavier AZERTY : les chiffres marchent avec ou sans Maj.</source>
      <translation>AZERTY keyboard: digits work with or without Shift.</translation>
    </message>
    <message>
      <source>Clôturer, injoignable</source>
      <translation>Close, unreachable</translation>
    </message>
    <message>
      <source>Clôturée</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>Cochez ce qui concorde.</source>
      <translation>Tick what matches.</translation>
    </message>
    <message>
      <source>Code postal</source>
      <translation>Postcode</translation>
    </message>
    <message>
      <source>Comparaison</source>
      <translation>Comparison</translation>
    </message>
    <message>
      <source>Comparer</source>
      <translation>Compare</translation>
    </message>
    <message>
      <source>Comparer deux dossiers</source>
      <translation>Compare two records</translation>
    </message>
    <message>
      <source>Comparer deux dossiers, doublon possible</source>
      <translation>Compare two records, possible duplicate</translation>
    </message>
    <message>
      <source>Comparer le doublon possible</source>
      <translation>Compare the possible duplicate</translation>
    </message>
    <message>
      <source>Comparer un proche</source>
      <translation>Compare a relative</translation>
    </message>
    <message>
      <source>Comparer {names}</source>
      <translation>Compare {names}</translation>
    </message>
    <message>
      <source>Comparez deux éléments au moins, ou rappelez le numéro connu.</source>
      <translation>Compare at least two items, or call back the known number.</translation>
    </message>
    <message>
      <source>Compte professionnel</source>
      <translation>Professional account</translation>
    </message>
    <message>
      <source>Confidentialité</source>
      <translation>Privacy</translation>
    </message>
    <message>
      <source>Confier</source>
      <translation>Hand over</translation>
    </message>
    <message>
      <source>Connexion</source>
      <translation>Sign-in</translation>
    </message>
    <message>
      <source>Consigne</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>Consigne du jour</source>
      <translation>Note of the day</translation>
    </message>
    <message>
      <source>Consigne publiée</source>
      <translation>Note published</translation>
    </message>
    <message>
      <source>Consigne retirée</source>
      <translation>Note withdrawn</translation>
    </message>
    <message>
      <source>Consigne.</source>
      <translation>Guidance.</translation>
    </message>
    <message>
      <source>Consignes du jour</source>
      <translation>Notes of the day</translation>
    </message>
    <message>
      <source>Console d’accueil</source>
      <translation>Reception desk</translation>
    </message>
    <message>
      <source>Contact provisoire</source>
      <translation>Provisional contact</translation>
    </message>
    <message>
      <source>Contact provisoire (appelant inconnu)</source>
      <translation>Provisional contact (unknown caller)</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>Contacts</translation>
    </message>
    <message>
      <source>Continuer</source>
      <translation>Go on</translation>
    </message>
    <message>
      <source>Continuer avec {provider}</source>
      <translation>Continue with {provider}</translation>
    </message>
    <message>
      <source>Continuer sans identifier</source>
      <translation>Go on without identifying</translation>
    </message>
    <message>
      <source>Continuez à qualifier : vos saisies sont gardées ici, chiffrées.</source>
      <translation>Go on logging: what you enter is kept here, encrypted.</translation>
    </message>
    <message>
      <source>Contrat</source>
      <translation>Contract</translation>
    </message>
    <message>
      <source>Copier le diagnostic</source>
      <translation>Copy the diagnosis</translation>
    </message>
    <message>
      <source>Correspond. À l’accueil, ce rôle n’ouvre aucune information médicale.</source>
      <translation>Matches. At reception this role opens no medical information.</translation>
    </message>
    <message>
      <source>Couleurs de la console</source>
      <translation>Colours of the console</translation>
    </message>
    <message>
      <source>Courrier</source>
      <translation>Letter</translation>
    </message>
    <message>
      <source>Critique</source>
      <translation>Critical</translation>
    </message>
    <message>
      <source>Créer</source>
      <translation>Create</translation>
    </message>
    <message>
      <source>Créer et rattacher</source>
      <translation>Create and link</translation>
    </message>
    <message>
      <source>Créer un contact provisoire</source>
      <translation>Create a provisional contact</translation>
    </message>
    <message>
      <source>Ctrl Entrée</source>
      <translation>Ctrl Enter</translation>
    </message>
    <message>
      <source>Ctrl L</source>
      <translation>Ctrl L</translation>
    </message>
    <message>
      <source>Ctrl Maj M</source>
      <translation>Ctrl Shift M</translation>
    </message>
    <message>
      <source>Ctrl Maj N</source>
      <translation>Ctrl Shift N</translation>
    </message>
    <message>
      <source>Ctrl Maj P</source>
      <translation>Ctrl Shift P</translation>
    </message>
    <message>
      <source>Ctrl P</source>
      <translation>Ctrl P</translation>
    </message>
    <message>
      <source>Ctrl S</source>
      <translation>Ctrl S</translation>
    </message>
    <message>
      <source>Ctrl →</source>
      <translation>Ctrl →</translation>
    </message>
    <message>
      <source>Curateur</source>
      <translation>Curator</translation>
    </message>
    <message>
      <source>C’est déjà la même demande.</source>
      <translation>It is the same request already.</translation>
    </message>
    <message>
      <source>C’est le même appel.</source>
      <translation>It is the same call.</translation>
    </message>
    <message>
      <source>C’est le même dossier.</source>
      <translation>It is the same record.</translation>
    </message>
    <message>
      <source>DECT</source>
      <translation>DECT</translation>
    </message>
    <message>
      <source>DMA : somme des attentes en file des appels décrochés ÷ décrochés.</source>
      <translation>Mean wait: sum of the waits in the queue of answered calls ÷ answered.</translation>
    </message>
    <message>
      <source>DMC</source>
      <translation>Mean talk time</translation>
    </message>
    <message>
      <source>DMC, durée moyenne de communication : somme des conversations terminées ÷ décrochés terminés, attente exclue.</source>
      <translation>Mean talk time: sum of ended conversations ÷ answered and ended, hold left out.</translation>
    </message>
    <message>
      <source>DMT : (conversation + attente + post-appel) ÷ décrochés terminés.</source>
      <translation>Mean handling time: (talk + hold + after call) ÷ answered and ended.</translation>
    </message>
    <message>
      <source>Dans {span}</source>
      <translation>In {span}</translation>
    </message>
    <message>
      <source>Date de naissance</source>
      <translation>Date of birth</translation>
    </message>
    <message>
      <source>Date de naissance, puis nom de naissance, tels que dits.</source>
      <translation>Date of birth, then birth name, as they are said.</translation>
    </message>
    <message>
      <source>Date du dernier rendez-vous</source>
      <translation>Date of the last appointment</translation>
    </message>
    <message>
      <source>Date impossible, à redemander.</source>
      <translation>Impossible date, ask again.</translation>
    </message>
    <message>
      <source>Date à redemander.</source>
      <translation>Ask for the date again.</translation>
    </message>
    <message>
      <source>De garde</source>
      <translation>On duty</translation>
    </message>
    <message>
      <source>De vive voix</source>
      <translation>In person</translation>
    </message>
    <message>
      <source>Demain</source>
      <translation>Tomorrow</translation>
    </message>
    <message>
      <source>Demain {time}</source>
      <translation>Tomorrow {time}</translation>
    </message>
    <message>
      <source>Demain, {day}</source>
      <translation>Tomorrow, {day}</translation>
    </message>
    <message>
      <source>Demande</source>
      <translation>Request</translation>
    </message>
    <message>
      <source>Demandes</source>
      <translation>Requests</translation>
    </message>
    <message>
      <source>Demandes ouvertes</source>
      <translation>Open requests</translation>
    </message>
    <message>
      <source>Demandes à suivre</source>
      <translation>Requests to follow</translation>
    </message>
    <message>
      <source>Demandez le lieu de naissance avant de rattacher.</source>
      <translation>Ask for the place of birth before you link.</translation>
    </message>
    <message>
      <source>Demandez à quelle heure et à quel sujet la personne a appelé.</source>
      <translation>Ask at what time and about what the person called.</translation>
    </message>
    <message>
      <source>Dernier</source>
      <translation>Last</translation>
    </message>
    <message>
      <source>Dernier contact</source>
      <translation>Last contact</translation>
    </message>
    <message>
      <source>Derniers contacts</source>
      <translation>Last contacts</translation>
    </message>
    <message>
      <source>Derniers contacts de la demande</source>
      <translation>Last contacts of the request</translation>
    </message>
    <message>
      <source>Dernière heure</source>
      <translation>Last hour</translation>
    </message>
    <message>
      <source>Dernière heure : {taken} décrochés, {left} abandons</source>
      <translation>Last hour: {taken} answered, {left} abandoned</translation>
    </message>
    <message>
      <source>Deux</source>
      <translation>Two</translation>
    </message>
    <message>
      <source>Deux au moins concordent</source>
      <translation>At least two match</translation>
    </message>
    <message>
      <source>Deux dossiers ont le même nom et la même date.</source>
      <translation>Two files have the same name and the same date.</translation>
    </message>
    <message>
      <source>Deux lettres suffisent : un nom, un service, une fonction, une spécialité.</source>
      <translation>Two letters are enough: a name, a department, a function, a specialty.</translation>
    </message>
    <message>
      <source>Deux minutes ont déjà été ajoutées.</source>
      <translation>Two minutes have already been added.</translation>
    </message>
    <message>
      <source>Diagnostic copié.</source>
      <translation>Diagnosis copied.</translation>
    </message>
    <message>
      <source>Différent</source>
      <translation>Different</translation>
    </message>
    <message>
      <source>Dire comment, Ctrl E</source>
      <translation>Say how, Ctrl E</translation>
    </message>
    <message>
      <source>Disponible</source>
      <translation>Available</translation>
    </message>
    <message>
      <source>Dissuadés : appels refusés par le téléphone avant d’entrer en file ; hors de la base.</source>
      <translation>Turned away: calls that the exchange refused before any queue; outside the base.</translation>
    </message>
    <message>
      <source>Dit le</source>
      <translation>Said on</translation>
    </message>
    <message>
      <source>Dit par</source>
      <translation>Said by</translation>
    </message>
    <message>
      <source>Dites pourquoi.</source>
      <translation>Say why.</translation>
    </message>
    <message>
      <source>Donner une autre heure, Ctrl D</source>
      <translation>Give another time, Ctrl D</translation>
    </message>
    <message>
      <source>Donner à {name}</source>
      <translation>Give to {name}</translation>
    </message>
    <message>
      <source>Données de {at}</source>
      <translation>Figures of {at}</translation>
    </message>
    <message>
      <source>Dossier conservé</source>
      <translation>Record kept</translation>
    </message>
    <message>
      <source>Dossier ouvert à vous seul pendant 30 min. L’ouverture est tracée.</source>
      <translation>File open to you alone for 30 min. The opening is traced.</translation>
    </message>
    <message>
      <source>Dossier protégé</source>
      <translation>Protected file</translation>
    </message>
    <message>
      <source>Dossier protégé, ou d’un autre service</source>
      <translation>Protected file, or another service’s</translation>
    </message>
    <message>
      <source>Dossier protégé…</source>
      <translation>Protected file…</translation>
    </message>
    <message>
      <source>Dossier refermé.</source>
      <translation>Record closed.</translation>
    </message>
    <message>
      <source>Dossier restreint</source>
      <translation>Restricted file</translation>
    </message>
    <message>
      <source>Dossiers regroupés.</source>
      <translation>Records joined.</translation>
    </message>
    <message>
      <source>Dossiers séparés : ce qui reste à rattacher est sous Ctrl Maj T.</source>
      <translation>Records parted: what is left to sort is under Ctrl Shift T.</translation>
    </message>
    <message>
      <source>Doublon</source>
      <translation>Duplicate</translation>
    </message>
    <message>
      <source>Doublon signalé : un référent décidera.</source>
      <translation>Duplicate reported: an identity lead will decide.</translation>
    </message>
    <message>
      <source>Doublons signalés</source>
      <translation>Reported duplicates</translation>
    </message>
    <message>
      <source>Du nouveau.</source>
      <translation>Something new.</translation>
    </message>
    <message>
      <source>Durée</source>
      <translation>Duration</translation>
    </message>
    <message>
      <source>Durée de l’appel {span}</source>
      <translation>Call lasted {span}</translation>
    </message>
    <message>
      <source>Dès que l’un des deux appels a un patient, l’autre l’a aussi.</source>
      <translation>As soon as one of the two calls has a patient, so has the other.</translation>
    </message>
    <message>
      <source>Débordés : appels passés à une autre file ; hors de la base.</source>
      <translation>Overflowed: calls passed to another queue; outside the base.</translation>
    </message>
    <message>
      <source>Décision du médecin. N’annoncez ni oui ni délai ferme.</source>
      <translation>The doctor decides. Announce neither a yes nor a firm date.</translation>
    </message>
    <message>
      <source>Décrochés</source>
      <translation>Answered</translation>
    </message>
    <message>
      <source>Décédé</source>
      <translation>Deceased</translation>
    </message>
    <message>
      <source>Décédé le {day}</source>
      <translation>Died on {day}</translation>
    </message>
    <message>
      <source>Décédée</source>
      <translation>Deceased</translation>
    </message>
    <message>
      <source>Décédée le {day}</source>
      <translation>Died on {day}</translation>
    </message>
    <message>
      <source>Définitions →</source>
      <translation>Definitions →</translation>
    </message>
    <message>
      <source>Déjà regroupé</source>
      <translation>Already joined</translation>
    </message>
    <message>
      <source>Délai</source>
      <translation>Delay</translation>
    </message>
    <message>
      <source>Délier</source>
      <translation>Unlink</translation>
    </message>
    <message>
      <source>Déverrouiller</source>
      <translation>Unlock</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-mail</translation>
    </message>
    <message>
      <source>Effacer</source>
      <translation>Clear</translation>
    </message>
    <message>
      <source>En appel</source>
      <translation>In a call</translation>
    </message>
    <message>
      <source>En attente</source>
      <translation>On hold</translation>
    </message>
    <message>
      <source>En attente, {time}</source>
      <translation>On hold, {time}</translation>
    </message>
    <message>
      <source>En attente : appels entrés dans la file, ni décrochés ni terminés.</source>
      <translation>Waiting: calls that entered the queue, neither answered nor ended.</translation>
    </message>
    <message>
      <source>En communication</source>
      <translation>In a call</translation>
    </message>
    <message>
      <source>En communication, {time}</source>
      <translation>On the phone, {time}</translation>
    </message>
    <message>
      <source>En cours</source>
      <translation>Under way</translation>
    </message>
    <message>
      <source>En direct, il y a {seconds} s</source>
      <translation>Live, {seconds} s ago</translation>
    </message>
    <message>
      <source>En direct, mis à jour il y a {seconds} s</source>
      <translation>Live, updated {seconds} s ago</translation>
    </message>
    <message>
      <source>En quelques mots</source>
      <translation>In a few words</translation>
    </message>
    <message>
      <source>En retard</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>En retard de {span}</source>
      <translation>{span} late</translation>
    </message>
    <message>
      <source>En vigueur : {said}.</source>
      <translation>In force: {said}.</translation>
    </message>
    <message>
      <source>Encore un élément à comparer.</source>
      <translation>One more item to compare.</translation>
    </message>
    <message>
      <source>Enlever les filtres</source>
      <translation>Remove the filters</translation>
    </message>
    <message>
      <source>Enregistrer</source>
      <translation>Save</translation>
    </message>
    <message>
      <source>Enregistrer et redevenir disponible, Ctrl Maj Entrée</source>
      <translation>Save and be available again, Ctrl Shift Enter</translation>
    </message>
    <message>
      <source>Enregistrer et se rendre disponible</source>
      <translation>Save and be available</translation>
    </message>
    <message>
      <source>Enregistrés au fur et à mesure</source>
      <translation>Saved as they change</translation>
    </message>
    <message>
      <source>Entrée</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Envois en attente</source>
      <translation>Waiting to be sent</translation>
    </message>
    <message>
      <source>Envoyer</source>
      <translation>Send</translation>
    </message>
    <message>
      <source>Envoyés</source>
      <translation>Sent</translation>
    </message>
    <message>
      <source>Espace</source>
      <translation>Space</translation>
    </message>
    <message>
      <source>Essai des touches 1 à 9, F2 à F9</source>
      <translation>Test of keys 1 to 9, F2 to F9</translation>
    </message>
    <message>
      <source>Essai du clavier</source>
      <translation>Keyboard test</translation>
    </message>
    <message>
      <source>Et suivant</source>
      <translation>And next</translation>
    </message>
    <message>
      <source>Ex. 31, ou « bon de transport »</source>
      <translation>E.g. 31, or “transport form”</translation>
    </message>
    <message>
      <source>Fait</source>
      <translation>Done</translation>
    </message>
    <message>
      <source>Faites</source>
      <translation>Done</translation>
    </message>
    <message>
      <source>Faites aujourd’hui</source>
      <translation>Done today</translation>
    </message>
    <message>
      <source>Faites épeler le nom et répéter la date, ou créez un contact provisoire.</source>
      <translation>Have the name spelt and the date repeated, or create a provisional contact.</translation>
    </message>
    <message>
      <source>Faits aujourd’hui</source>
      <translation>Done today</translation>
    </message>
    <message>
      <source>Famille puis motif</source>
      <translation>Family, then reason</translation>
    </message>
    <message>
      <source>Famille {name}, revenir aux familles</source>
      <translation>Family {name}, back to the families</translation>
    </message>
    <message>
      <source>Fax</source>
      <translation>Fax</translation>
    </message>
    <message>
      <source>Fermer</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>Fermer ou revenir</source>
      <translation>Close or go back</translation>
    </message>
    <message>
      <source>Fermé</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>Fiche service</source>
      <translation>Department sheet</translation>
    </message>
    <message>
      <source>Fiches effacées</source>
      <translation>Files erased</translation>
    </message>
    <message>
      <source>Fiches effacées à ce poste</source>
      <translation>Records erased at this desk</translation>
    </message>
    <message>
      <source>Fiches effacées : la liste reviendra avec le serveur.</source>
      <translation>Files erased: the list comes back with the server.</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Queues</translation>
    </message>
    <message>
      <source>Files en direct</source>
      <translation>Live queues</translation>
    </message>
    <message>
      <source>Finalité</source>
      <translation>Purpose</translation>
    </message>
    <message>
      <source>Fin : {at}</source>
      <translation>Ends: {at}</translation>
    </message>
    <message>
      <source>Fonction</source>
      <translation>Function</translation>
    </message>
    <message>
      <source>Fonctions</source>
      <translation>Functions</translation>
    </message>
    <message>
      <source>Formation</source>
      <translation>Training</translation>
    </message>
    <message>
      <source>Formulaire</source>
      <translation>Web form</translation>
    </message>
    <message>
      <source>Féminin</source>
      <translation>Female</translation>
    </message>
    <message>
      <source>Garder celle du serveur</source>
      <translation>Keep the server’s</translation>
    </message>
    <message>
      <source>Garder les deux</source>
      <translation>Keep both</translation>
    </message>
    <message>
      <source>Garder ma version</source>
      <translation>Keep my version</translation>
    </message>
    <message>
      <source>Grande fenêtre</source>
      <translation>Large window</translation>
    </message>
    <message>
      <source>Guichet</source>
      <translation>Desk</translation>
    </message>
    <message>
      <source>Habilitation familiale</source>
      <translation>Family mandate</translation>
    </message>
    <message>
      <source>Hier</source>
      <translation>Yesterday</translation>
    </message>
    <message>
      <source>Historique</source>
      <translation>History</translation>
    </message>
    <message>
      <source>Homonyme</source>
      <translation>Namesake</translation>
    </message>
    <message>
      <source>Horaires</source>
      <translation>Hours</translation>
    </message>
    <message>
      <source>Horaires et accès</source>
      <translation>Hours and access</translation>
    </message>
    <message>
      <source>Hors horaires : appels arrivés quand la file est fermée ; hors de la base.</source>
      <translation>Out of hours: calls that came while the queue was closed; outside the base.</translation>
    </message>
    <message>
      <source>Hors ligne</source>
      <translation>Offline</translation>
    </message>
    <message>
      <source>Hors ligne depuis {at}.</source>
      <translation>Offline since {at}.</translation>
    </message>
    <message>
      <source>Hors ligne, {count} envoi</source>
      <translation>Offline, {count} to send</translation>
    </message>
    <message>
      <source>Hors ligne, {count} envois</source>
      <translation>Offline, {count} to send</translation>
    </message>
    <message>
      <source>Hors ligne : dossiers de ce poste seulement</source>
      <translation>Offline: only the files on this desk</translation>
    </message>
    <message>
      <source>Hors ligne : un dossier protégé ne s’ouvre qu’avec le serveur.</source>
      <translation>Offline: a protected file only opens with the server.</translation>
    </message>
    <message>
      <source>IPP ou dossier</source>
      <translation>IPP or file no.</translation>
    </message>
    <message>
      <source>IPP ou n° de dossier</source>
      <translation>IPP or file no.</translation>
    </message>
    <message>
      <source>Identifiant</source>
      <translation>Login</translation>
    </message>
    <message>
      <source>Identifiant ou mot de passe incorrect. Encore {count} essai.</source>
      <translation>Wrong login or password. {count} try left.</translation>
    </message>
    <message>
      <source>Identifiant ou mot de passe incorrect. Encore {count} essais.</source>
      <translation>Wrong login or password. {count} tries left.</translation>
    </message>
    <message>
      <source>Identifiant ou mot de passe incorrect. Réessayez dans {count} minute.</source>
      <translation>Wrong login or password. Try again in {count} minute.</translation>
    </message>
    <message>
      <source>Identifiant ou mot de passe incorrect. Réessayez dans {count} minutes.</source>
      <translation>Wrong login or password. Try again in {count} minutes.</translation>
    </message>
    <message>
      <source>Identification</source>
      <translation>Identification</translation>
    </message>
    <message>
      <source>Identification : contacts rattachés à une personne ÷ contacts.</source>
      <translation>Identification: contacts linked to a person ÷ contacts.</translation>
    </message>
    <message>
      <source>Identique</source>
      <translation>Same</translation>
    </message>
    <message>
      <source>Identité</source>
      <translation>Identity</translation>
    </message>
    <message>
      <source>Identité au statut provisoire, à vérifier au guichet.</source>
      <translation>Provisional identity, to be checked at the desk.</translation>
    </message>
    <message>
      <source>Identité douteuse</source>
      <translation>Doubtful identity</translation>
    </message>
    <message>
      <source>Identité fictive</source>
      <translation>Fictitious identity</translation>
    </message>
    <message>
      <source>Identité provisoire</source>
      <translation>Provisional identity</translation>
    </message>
    <message>
      <source>Identité qualifiée</source>
      <translation>Qualified identity</translation>
    </message>
    <message>
      <source>Identité récupérée</source>
      <translation>Retrieved identity</translation>
    </message>
    <message>
      <source>Identité validée</source>
      <translation>Validated identity</translation>
    </message>
    <message>
      <source>Identité à vérifier</source>
      <translation>Identity to check</translation>
    </message>
    <message>
      <source>Identités à trancher</source>
      <translation>Identities to decide</translation>
    </message>
    <message>
      <source>Identités à trancher, doublons signalés</source>
      <translation>Identities to decide, reported duplicates</translation>
    </message>
    <message>
      <source>Ignorer</source>
      <translation>Ignore</translation>
    </message>
    <message>
      <source>Il manque la note.</source>
      <translation>The note is missing.</translation>
    </message>
    <message>
      <source>Il manque le motif.</source>
      <translation>The reason is missing.</translation>
    </message>
    <message>
      <source>Importé {when}, {count} postes</source>
      <translation>Imported {when}, {count} extensions</translation>
    </message>
    <message>
      <source>Incomplet</source>
      <translation>Incomplete</translation>
    </message>
    <message>
      <source>Indisponible</source>
      <translation>Unavailable</translation>
    </message>
    <message>
      <source>Indisponible après</source>
      <translation>Unavailable after</translation>
    </message>
    <message>
      <source>Indét.</source>
      <translation>Undet.</translation>
    </message>
    <message>
      <source>Indéterminé</source>
      <translation>Undetermined</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>Information</translation>
    </message>
    <message>
      <source>Information : {how}</source>
      <translation>Information: {how}</translation>
    </message>
    <message>
      <source>Informé</source>
      <translation>Informed</translation>
    </message>
    <message>
      <source>Injoignable</source>
      <translation>Unreachable</translation>
    </message>
    <message>
      <source>Injoignable se dit après trois essais sur deux jours.</source>
      <translation>Unreachable is said after three tries over two days.</translation>
    </message>
    <message>
      <source>Insérer la suggestion</source>
      <translation>Insert the suggestion</translation>
    </message>
    <message>
      <source>Intérêt légitime</source>
      <translation>Legitimate interest</translation>
    </message>
    <message>
      <source>Jamais contacté</source>
      <translation>Never in contact</translation>
    </message>
    <message>
      <source>Je m’en occupe</source>
      <translation>I will do it</translation>
    </message>
    <message>
      <source>Jusqu’à</source>
      <translation>Until</translation>
    </message>
    <message>
      <source>La connexion dans le navigateur a pris trop de temps. Recommencez.</source>
      <translation>Signing in in the browser took too long. Start again.</translation>
    </message>
    <message>
      <source>La connexion dans le navigateur n’a pas abouti. Recommencez.</source>
      <translation>Signing in in the browser did not succeed. Start again.</translation>
    </message>
    <message>
      <source>La console ne commande pas cette ligne : faites-le au poste téléphonique.</source>
      <translation>The console does not command this line: do it at the telephone.</translation>
    </message>
    <message>
      <source>La fiche de la ligne choisie s’affiche ici.</source>
      <translation>The sheet of the chosen line is shown here.</translation>
    </message>
    <message>
      <source>La messagerie écrite arrive : cette touche y servira.</source>
      <translation>Written messages are on their way: this key will be theirs.</translation>
    </message>
    <message>
      <source>La même personne a pu appeler déjà, sans être identifiée.</source>
      <translation>The same person may have called before, without being identified.</translation>
    </message>
    <message>
      <source>La même, une seconde fois</source>
      <translation>The same, once more</translation>
    </message>
    <message>
      <source>La patiente</source>
      <translation>The patient</translation>
    </message>
    <message>
      <source>La personne a été jointe</source>
      <translation>The person was reached</translation>
    </message>
    <message>
      <source>La session a expiré. Identifiez-vous de nouveau.</source>
      <translation>The session has expired. Sign in again.</translation>
    </message>
    <message>
      <source>Laisser à {name}</source>
      <translation>Leave with {name}</translation>
    </message>
    <message>
      <source>Langue</source>
      <translation>Language</translation>
    </message>
    <message>
      <source>Langue de la console</source>
      <translation>Language of the console</translation>
    </message>
    <message>
      <source>Le disque de ce poste est plein : libérez de la place, puis réessayez.</source>
      <translation>The disk of this desk is full: make room, then try again.</translation>
    </message>
    <message>
      <source>Le message a déjà été lu : il ne se reprend plus.</source>
      <translation>The message has been read: it can no longer be taken back.</translation>
    </message>
    <message>
      <source>Le patient</source>
      <translation>The patient</translation>
    </message>
    <message>
      <source>Le patient peut lire ce message.</source>
      <translation>The patient may read this message.</translation>
    </message>
    <message>
      <source>Le patient peut lire cette note.</source>
      <translation>The patient may read this note.</translation>
    </message>
    <message>
      <source>Le prochain appel s’affichera ici dès la sonnerie, sans prendre le clavier.</source>
      <translation>The next call will show here as soon as it rings, without taking the keyboard.</translation>
    </message>
    <message>
      <source>Le refus l’emporte</source>
      <translation>The refusal wins</translation>
    </message>
    <message>
      <source>Le serveur ne comprend pas cette saisie : elle reste ici. Prévenez l’administrateur.</source>
      <translation>The server does not understand this entry: it stays here. Tell the administrator.</translation>
    </message>
    <message>
      <source>Le serveur ne répond pas. Vérifiez le réseau, puis réessayez.</source>
      <translation>The server does not answer. Check the network, then try again.</translation>
    </message>
    <message>
      <source>Le serveur n’a pas accepté cette saisie. Repère pour l’administrateur : {code}.</source>
      <translation>The server did not accept this entry. Reference for the administrator: {code}.</translation>
    </message>
    <message>
      <source>Le service de connexion de l’établissement ne répond pas. Réessayez.</source>
      <translation>The hospital’s sign-in service does not answer. Try again.</translation>
    </message>
    <message>
      <source>Le sien, s’il est connu</source>
      <translation>Their own, if known</translation>
    </message>
    <message>
      <source>Le standard téléphonique a refusé : faites-le au poste.</source>
      <translation>The exchange refused: do it at the telephone.</translation>
    </message>
    <message>
      <source>Le standard téléphonique est injoignable : faites-le au poste.</source>
      <translation>The exchange cannot be reached: do it at the telephone.</translation>
    </message>
    <message>
      <source>Le standard téléphonique ne le permet pas à la console : faites-le au poste.</source>
      <translation>The exchange doesn’t let the console do this: do it on the telephone.</translation>
    </message>
    <message>
      <source>Le standard téléphonique n’a pas répondu en 10 s : vérifiez au poste.</source>
      <translation>The exchange did not answer in 10 s: check at the telephone.</translation>
    </message>
    <message>
      <source>Le trousseau de ce poste ne répond pas : lui seul ouvre ce qui y est gardé.</source>
      <translation>The keyring of this desk does not answer: it alone opens what is kept here.</translation>
    </message>
    <message>
      <source>Lecture de ce qui attend…</source>
      <translation>Reading what waits…</translation>
    </message>
    <message>
      <source>Lecture en cours</source>
      <translation>Playing</translation>
    </message>
    <message>
      <source>Les chiffres sont lus avec ou sans Maj.</source>
      <translation>Digits are read with or without Shift.</translation>
    </message>
    <message>
      <source>Les deux phrases ne sont pas les mêmes.</source>
      <translation>The two phrases are not the same.</translation>
    </message>
    <message>
      <source>Les deux versions restent dans le journal.</source>
      <translation>Both versions stay in the journal.</translation>
    </message>
    <message>
      <source>Les fiches de ce poste arrivent.</source>
      <translation>This desk’s records are on their way.</translation>
    </message>
    <message>
      <source>Les majuscules sont verrouillées.</source>
      <translation>Caps lock is on.</translation>
    </message>
    <message>
      <source>Les messages d’un parcours, envoyés et répondus, se suivront ici.</source>
      <translation>The messages of a pathway, sent and answered, will follow one another here.</translation>
    </message>
    <message>
      <source>Les messages écrits de tous les canaux arriveront ici, à un seul endroit.</source>
      <translation>Written messages of all channels will arrive here, in one place.</translation>
    </message>
    <message>
      <source>Les miennes</source>
      <translation>Mine</translation>
    </message>
    <message>
      <source>Les plus fréquents sur cette ligne</source>
      <translation>Most frequent on this line</translation>
    </message>
    <message>
      <source>Les {count} autres lignes sont notées « proposé ».</source>
      <translation>The {count} other lines are noted “proposed”.</translation>
    </message>
    <message>
      <source>Lever le STOP</source>
      <translation>Lift the STOP</translation>
    </message>
    <message>
      <source>Libres</source>
      <translation>Free</translation>
    </message>
    <message>
      <source>Lieu de naissance</source>
      <translation>Place of birth</translation>
    </message>
    <message>
      <source>Ligne directe</source>
      <translation>Direct line</translation>
    </message>
    <message>
      <source>Liste du matin</source>
      <translation>Morning list</translation>
    </message>
    <message>
      <source>Listes</source>
      <translation>Lists</translation>
    </message>
    <message>
      <source>Livret</source>
      <translation>Leaflet</translation>
    </message>
    <message>
      <source>Lu</source>
      <translation>Read</translation>
    </message>
    <message>
      <source>L’administrateur n’a pas donné suite à cette saisie : refaites-la s’il le faut.</source>
      <translation>The administrator did not act on this entry: make it again if needed.</translation>
    </message>
    <message>
      <source>L’appel est déjà qualifié, ou un rappel promis : annulez-le d’abord.</source>
      <translation>The call is qualified already, or a call back promised: undo that first.</translation>
    </message>
    <message>
      <source>L’appel n’est pas parti : votre poste n’a pas été décroché.</source>
      <translation>The call did not leave: your telephone was not picked up.</translation>
    </message>
    <message>
      <source>L’appelant dit, vous comparez. Le numéro qui appelle ne prouve rien.</source>
      <translation>The caller tells, you compare. The calling number proves nothing.</translation>
    </message>
    <message>
      <source>L’appelant dit, vous comparez. Ne lisez rien de la liste à voix haute.</source>
      <translation>The caller tells, you compare. Read nothing of the list aloud.</translation>
    </message>
    <message>
      <source>L’autre ligne est notée « proposé ».</source>
      <translation>The other line is noted “proposed”.</translation>
    </message>
    <message>
      <source>L’informatique de l’établissement en donne un autre.</source>
      <translation>The hospital’s IT department gives you another one.</translation>
    </message>
    <message>
      <source>L’un de ces dossiers est déjà regroupé : séparez-le d’abord.</source>
      <translation>One of these records is already joined: part it first.</translation>
    </message>
    <message>
      <source>MSSanté</source>
      <translation>MSSanté</translation>
    </message>
    <message>
      <source>Maj</source>
      <translation>Shift</translation>
    </message>
    <message>
      <source>Maj F8</source>
      <translation>Shift F8</translation>
    </message>
    <message>
      <source>Manque de temps</source>
      <translation>No time</translation>
    </message>
    <message>
      <source>Manque : {what}</source>
      <translation>Missing: {what}</translation>
    </message>
    <message>
      <source>Marquer fait, clôturer</source>
      <translation>Mark as done, close</translation>
    </message>
    <message>
      <source>Masculin</source>
      <translation>Male</translation>
    </message>
    <message>
      <source>Masquer les noms (écran discret)</source>
      <translation>Hide names (discreet screen)</translation>
    </message>
    <message>
      <source>Merci de rappeler</source>
      <translation>Please call back</translation>
    </message>
    <message>
      <source>Merci de rappeler…</source>
      <translation>Please call back…</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>Message</translation>
    </message>
    <message>
      <source>Message du portail</source>
      <translation>Portal message</translation>
    </message>
    <message>
      <source>Message envoyé</source>
      <translation>Message sent</translation>
    </message>
    <message>
      <source>Message gardé. Il part dès que le serveur répond.</source>
      <translation>Message kept. It leaves as soon as the server answers.</translation>
    </message>
    <message>
      <source>Message repris : rien ne part.</source>
      <translation>Message taken back: nothing leaves.</translation>
    </message>
    <message>
      <source>Message vocal</source>
      <translation>Voice message</translation>
    </message>
    <message>
      <source>Messagerie vocale</source>
      <translation>Voicemail</translation>
    </message>
    <message>
      <source>Messagerie : appels qui ont laissé un message vocal ; hors de la base.</source>
      <translation>Voicemail: calls that left a voice message; outside the base.</translation>
    </message>
    <message>
      <source>Messages</source>
      <translation>Messages</translation>
    </message>
    <message>
      <source>Messages sans réponse</source>
      <translation>Unanswered messages</translation>
    </message>
    <message>
      <source>Messages sans réponse : reçus, et auxquels personne n’a répondu en 7 jours.</source>
      <translation>Unanswered messages: received, and answered by nobody in 7 days.</translation>
    </message>
    <message>
      <source>Messages à une personne ou à un service, reliés au contact.</source>
      <translation>Messages to a person or a department, linked to the contact.</translation>
    </message>
    <message>
      <source>Micro coupé</source>
      <translation>Microphone off</translation>
    </message>
    <message>
      <source>Mini fenêtre</source>
      <translation>Mini window</translation>
    </message>
    <message>
      <source>Mise à jour requise</source>
      <translation>Update needed</translation>
    </message>
    <message>
      <source>Mission d’intérêt public</source>
      <translation>Public interest</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>Mobile</translation>
    </message>
    <message>
      <source>Modifier</source>
      <translation>Change</translation>
    </message>
    <message>
      <source>Modifier les préférences et oppositions</source>
      <translation>Change preferences and objections</translation>
    </message>
    <message>
      <source>Modèles de message</source>
      <translation>Message templates</translation>
    </message>
    <message>
      <source>Moi</source>
      <translation>Me</translation>
    </message>
    <message>
      <source>Mon compte</source>
      <translation>My account</translation>
    </message>
    <message>
      <source>Mon espace santé</source>
      <translation>Mon espace santé</translation>
    </message>
    <message>
      <source>Mon service</source>
      <translation>My department</translation>
    </message>
    <message>
      <source>Mon état</source>
      <translation>My state</translation>
    </message>
    <message>
      <source>Mot de passe</source>
      <translation>Password</translation>
    </message>
    <message>
      <source>Motif</source>
      <translation>Reason</translation>
    </message>
    <message>
      <source>Motif de l’ouverture</source>
      <translation>Reason for opening</translation>
    </message>
    <message>
      <source>Motif d’origine</source>
      <translation>Original reason</translation>
    </message>
    <message>
      <source>Motif, chiffre ou mot</source>
      <translation>Reason, digit or word</translation>
    </message>
    <message>
      <source>Muet</source>
      <translation>Mute</translation>
    </message>
    <message>
      <source>Multicontact</source>
      <translation>Multicontact</translation>
    </message>
    <message>
      <source>Ne correspond pas. Dites : « Je n’ai aucune information à vous donner. »</source>
      <translation>Does not match. Say: “I have no information to give you.”</translation>
    </message>
    <message>
      <source>Ne pas informer</source>
      <translation>Do not inform</translation>
    </message>
    <message>
      <source>Ne pas informer. Dites : « Je n’ai aucune information à vous donner. »</source>
      <translation>Do not inform. Say: “I have no information to give you.”</translation>
    </message>
    <message>
      <source>Ne pas informer. {roles}</source>
      <translation>Do not inform. {roles}</translation>
    </message>
    <message>
      <source>Ne pas relier au contact</source>
      <translation>Don’t link to the contact</translation>
    </message>
    <message>
      <source>Ne plus m’en occuper</source>
      <translation>Give it back</translation>
    </message>
    <message>
      <source>Ne sait pas</source>
      <translation>Not known</translation>
    </message>
    <message>
      <source>Nom de naissance</source>
      <translation>Birth name</translation>
    </message>
    <message>
      <source>Nom de naissance, 1&lt;sup&gt;er&lt;/sup&gt; prénom de naissance</source>
      <translation>Birth name, first given name at birth</translation>
    </message>
    <message>
      <source>Nom dit</source>
      <translation>Name given</translation>
    </message>
    <message>
      <source>Nom utilisé</source>
      <translation>Name used</translation>
    </message>
    <message>
      <source>Nom utilisé : {name}</source>
      <translation>Name used: {name}</translation>
    </message>
    <message>
      <source>Nom, prénom, date de naissance et téléphone tels que dits au téléphone. Identité au statut provisoire, à vérifier au guichet.</source>
      <translation>Name, first name, date of birth and telephone as said on the phone. Provisional identity, to be checked at the desk.</translation>
    </message>
    <message>
      <source>Nom, service, fonction, spécialité</source>
      <translation>Name, department, function, specialty</translation>
    </message>
    <message>
      <source>Nombres par état, sans nom ni durée. Les noms attendent, dans les réglages, les dates de l’avis du CSE, de l’information des agents et de l’analyse d’impact.</source>
      <translation>Counts by state, no names and no durations. Names wait until the settings hold the dates of the works council’s opinion, of the agents’ information and of the impact assessment.</translation>
    </message>
    <message>
      <source>Noms masqués sans activité</source>
      <translation>Names hidden when idle</translation>
    </message>
    <message>
      <source>Non</source>
      <translation>No</translation>
    </message>
    <message>
      <source>Non lu</source>
      <translation>Unread</translation>
    </message>
    <message>
      <source>Non renseigné</source>
      <translation>Not known</translation>
    </message>
    <message>
      <source>Non tenu</source>
      <translation>Not kept</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>Note, facultatif</source>
      <translation>Note, optional</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notifications</translation>
    </message>
    <message>
      <source>Noté chez {name}</source>
      <translation>Noted with {name}</translation>
    </message>
    <message>
      <source>Nouveau contact</source>
      <translation>New contact</translation>
    </message>
    <message>
      <source>Nouveau message</source>
      <translation>New message</translation>
    </message>
    <message>
      <source>Nouveau rappel</source>
      <translation>New call-back</translation>
    </message>
    <message>
      <source>Nouveau rappel promis</source>
      <translation>New promised call-back</translation>
    </message>
    <message>
      <source>Nouvelle demande</source>
      <translation>New request</translation>
    </message>
    <message>
      <source>Numéro</source>
      <translation>Number</translation>
    </message>
    <message>
      <source>Numéro connu, détail sur le serveur</source>
      <translation>Known number, details on the server</translation>
    </message>
    <message>
      <source>Numéro de poste et files</source>
      <translation>Extension number and queues</translation>
    </message>
    <message>
      <source>Numéro d’un proche</source>
      <translation>A relative’s number</translation>
    </message>
    <message>
      <source>Numéro illisible</source>
      <translation>Unreadable number</translation>
    </message>
    <message>
      <source>Numéro masqué</source>
      <translation>Hidden number</translation>
    </message>
    <message>
      <source>Numéro partagé</source>
      <translation>Shared number</translation>
    </message>
    <message>
      <source>N° patient (IPP)</source>
      <translation>Patient no. (IPP)</translation>
    </message>
    <message>
      <source>Né le</source>
      <translation>Born</translation>
    </message>
    <message>
      <source>Né(e) le</source>
      <translation>Born</translation>
    </message>
    <message>
      <source>Née le</source>
      <translation>Born</translation>
    </message>
    <message>
      <source>Opposition</source>
      <translation>Objection</translation>
    </message>
    <message>
      <source>Ordre alphabétique, sans durée. Noms visibles : avis du CSE du {day}, information des agents et analyse d’impact datées.</source>
      <translation>Alphabetical order, no durations. Names shown: works council’s opinion of {day}; agents’ information and impact assessment dated.</translation>
    </message>
    <message>
      <source>Orthographe proche</source>
      <translation>Close spelling</translation>
    </message>
    <message>
      <source>Ou un seul de ceux-ci</source>
      <translation>Or just one of these</translation>
    </message>
    <message>
      <source>Oublié ?</source>
      <translation>Forgotten?</translation>
    </message>
    <message>
      <source>Ouvert jusqu’à {at}</source>
      <translation>Open until {at}</translation>
    </message>
    <message>
      <source>Ouvert par une recherche. Accès tracé.</source>
      <translation>Opened by a search. Access traced.</translation>
    </message>
    <message>
      <source>Ouverte</source>
      <translation>Open</translation>
    </message>
    <message>
      <source>Ouverte, {count} j</source>
      <translation>Open, {count} d</translation>
    </message>
    <message>
      <source>Ouverts à vous seul</source>
      <translation>Open to you alone</translation>
    </message>
    <message>
      <source>Ouvrez une fiche avant de créer une demande.</source>
      <translation>Open a file before you create a request.</translation>
    </message>
    <message>
      <source>Ouvrir</source>
      <translation>Open</translation>
    </message>
    <message>
      <source>Ouvrir 30 min</source>
      <translation>Open for 30 min</translation>
    </message>
    <message>
      <source>Ouvrir ce poste</source>
      <translation>Open this desk</translation>
    </message>
    <message>
      <source>Ouvrir la console</source>
      <translation>Open the console</translation>
    </message>
    <message>
      <source>Ouvrir la demande</source>
      <translation>Open the request</translation>
    </message>
    <message>
      <source>Ouvrir les réglages</source>
      <translation>Open the settings</translation>
    </message>
    <message>
      <source>Ouvrir une fiche est tracé.</source>
      <translation>Opening a file is traced.</translation>
    </message>
    <message>
      <source>Ouvrir, action principale</source>
      <translation>Open, main action</translation>
    </message>
    <message>
      <source>Palette de commandes</source>
      <translation>Command palette</translation>
    </message>
    <message>
      <source>Papier au guichet</source>
      <translation>Paper at the desk</translation>
    </message>
    <message>
      <source>Par</source>
      <translation>By</translation>
    </message>
    <message>
      <source>Par semaine entière, pour une équipe de cinq agents ou plus, à son responsable seul.</source>
      <translation>By whole weeks, for a team of five agents or more, to its manager alone.</translation>
    </message>
    <message>
      <source>Par {owner}</source>
      <translation>By {owner}</translation>
    </message>
    <message>
      <source>Par {owner}, suivi par {who}</source>
      <translation>By {owner}, followed by {who}</translation>
    </message>
    <message>
      <source>Par {owner}, suivi {who}</source>
      <translation>By {owner}, with {who}</translation>
    </message>
    <message>
      <source>Parcours ambulatoire</source>
      <translation>Day-surgery pathway</translation>
    </message>
    <message>
      <source>Partis avant la file : ont raccroché avant d’entrer en file ; hors de la base.</source>
      <translation>Left before the queue: hung up before entering a queue; outside the base.</translation>
    </message>
    <message>
      <source>Partout</source>
      <translation>Anywhere</translation>
    </message>
    <message>
      <source>Pas de réponse : compte comme un essai</source>
      <translation>No answer: counts as a try</translation>
    </message>
    <message>
      <source>Passage au guichet</source>
      <translation>Visit to the desk</translation>
    </message>
    <message>
      <source>Patients</source>
      <translation>Patients</translation>
    </message>
    <message>
      <source>Patients, connus du serveur</source>
      <translation>Patients, known to the server</translation>
    </message>
    <message>
      <source>Pendant l’appel</source>
      <translation>During the call</translation>
    </message>
    <message>
      <source>Personne</source>
      <translation>Nobody</translation>
    </message>
    <message>
      <source>Personne de cette liste ?</source>
      <translation>Nobody on this list?</translation>
    </message>
    <message>
      <source>Personne de confiance</source>
      <translation>Trusted person</translation>
    </message>
    <message>
      <source>Personne jusqu’à {at}</source>
      <translation>Nobody until {at}</translation>
    </message>
    <message>
      <source>Personne non identifiée</source>
      <translation>Person not identified</translation>
    </message>
    <message>
      <source>Personne n’est connu à ce numéro.</source>
      <translation>Nobody is known at this number.</translation>
    </message>
    <message>
      <source>Personne n’est plus attendu aujourd’hui.</source>
      <translation>Nobody else is expected today.</translation>
    </message>
    <message>
      <source>Personne à prévenir</source>
      <translation>Person to notify</translation>
    </message>
    <message>
      <source>Personne, service</source>
      <translation>Person, department</translation>
    </message>
    <message>
      <source>Personnes</source>
      <translation>Persons</translation>
    </message>
    <message>
      <source>Peut s’occuper de : {scope}.</source>
      <translation>May see to: {scope}.</translation>
    </message>
    <message>
      <source>Phrase de ce poste</source>
      <translation>Phrase of this desk</translation>
    </message>
    <message>
      <source>Pics d’appels</source>
      <translation>Call peaks</translation>
    </message>
    <message>
      <source>Pièce manquante</source>
      <translation>Missing document</translation>
    </message>
    <message>
      <source>Plein écran, affichage mural</source>
      <translation>Full screen, wall display</translation>
    </message>
    <message>
      <source>Plus de {count} dossiers : précisez le nom</source>
      <translation>More than {count} files: give more of the name</translation>
    </message>
    <message>
      <source>Plus longue : attente de l’appel en file depuis le plus longtemps.</source>
      <translation>Longest: wait of the call that has been in the queue for longest.</translation>
    </message>
    <message>
      <source>Plus tard</source>
      <translation>Later</translation>
    </message>
    <message>
      <source>Plusieurs dossiers ont ces traits : voyez l’identitovigilance.</source>
      <translation>Several files have these traits: see the identity team.</translation>
    </message>
    <message>
      <source>Portail</source>
      <translation>Portal</translation>
    </message>
    <message>
      <source>Post-appel</source>
      <translation>After call</translation>
    </message>
    <message>
      <source>Post-appel moyen</source>
      <translation>Mean after-call time</translation>
    </message>
    <message>
      <source>Post-appel moyen : somme des post-appels ÷ décrochés terminés.</source>
      <translation>Mean after-call time: sum of after-call times ÷ answered and ended.</translation>
    </message>
    <message>
      <source>Poste</source>
      <translation>Extension</translation>
    </message>
    <message>
      <source>Poste chiffré, journal d’accès actif</source>
      <translation>Encrypted desk, access log on</translation>
    </message>
    <message>
      <source>Poste téléphonique</source>
      <translation>Telephone</translation>
    </message>
    <message>
      <source>Poste {extension}</source>
      <translation>Extension {extension}</translation>
    </message>
    <message>
      <source>Poste {number}</source>
      <translation>Extension {number}</translation>
    </message>
    <message>
      <source>Posé par l’administrateur</source>
      <translation>Set by the administrator</translation>
    </message>
    <message>
      <source>Posées par le cadre</source>
      <translation>Set by the manager</translation>
    </message>
    <message>
      <source>Pour</source>
      <translation>For</translation>
    </message>
    <message>
      <source>Pour {name}</source>
      <translation>For {name}</translation>
    </message>
    <message>
      <source>Pourquoi devez-vous l’ouvrir ?</source>
      <translation>Why do you need to open it?</translation>
    </message>
    <message>
      <source>Premier contact</source>
      <translation>First contact</translation>
    </message>
    <message>
      <source>Premier prénom de naissance</source>
      <translation>First given name at birth</translation>
    </message>
    <message>
      <source>Première ouverture</source>
      <translation>First opening</translation>
    </message>
    <message>
      <source>Première réponse écrite : du message reçu à la première réponse d’une personne, écrite ou de vive voix, heures d’ouverture seules, médiane ; accusé de réception exclu.</source>
      <translation>First reply to a message: from the message received to the first answer by a person, written or spoken, opening hours only, median; acknowledgement excluded.</translation>
    </message>
    <message>
      <source>Prise de rendez-vous en ligne</source>
      <translation>Online booking</translation>
    </message>
    <message>
      <source>Proche enregistré.</source>
      <translation>Relative saved.</translation>
    </message>
    <message>
      <source>Proche retiré.</source>
      <translation>Relative removed.</translation>
    </message>
    <message>
      <source>Proche à ne pas informer</source>
      <translation>Relative not to inform</translation>
    </message>
    <message>
      <source>Proches</source>
      <translation>Relatives</translation>
    </message>
    <message>
      <source>Promesse en cours</source>
      <translation>Promise under way</translation>
    </message>
    <message>
      <source>Promesse, {what}</source>
      <translation>Promise, {what}</translation>
    </message>
    <message>
      <source>Promis</source>
      <translation>Promised</translation>
    </message>
    <message>
      <source>Promis par {name} ({place})</source>
      <translation>Promised by {name} ({place})</translation>
    </message>
    <message>
      <source>Promis {due} : ouvert</source>
      <translation>Due {due}: open</translation>
    </message>
    <message>
      <source>Promis {due} : reporté</source>
      <translation>Due {due}: put off</translation>
    </message>
    <message>
      <source>Promis {due} : tenu</source>
      <translation>Due {due}: kept</translation>
    </message>
    <message>
      <source>Promis à</source>
      <translation>Promised to</translation>
    </message>
    <message>
      <source>Proposer de regrouper</source>
      <translation>Propose to join</translation>
    </message>
    <message>
      <source>Préférence</source>
      <translation>Preference</translation>
    </message>
    <message>
      <source>Préférences et oppositions</source>
      <translation>Preferences and objections</translation>
    </message>
    <message>
      <source>Prêt</source>
      <translation>Ready</translation>
    </message>
    <message>
      <source>Publier</source>
      <translation>Publish</translation>
    </message>
    <message>
      <source>QS 20 s</source>
      <translation>SL 20 s</translation>
    </message>
    <message>
      <source>QS : appels décrochés en 20 s ou moins ÷ (reçus − courts de moins de 5 s).</source>
      <translation>SL: calls answered in 20 s or less ÷ (received − short ones under 5 s).</translation>
    </message>
    <message>
      <source>Qualifier</source>
      <translation>Log</translation>
    </message>
    <message>
      <source>Qualifier l’appel</source>
      <translation>Log the call</translation>
    </message>
    <message>
      <source>Quatre</source>
      <translation>Four</translation>
    </message>
    <message>
      <source>Qui appeler, quand</source>
      <translation>Whom to call, when</translation>
    </message>
    <message>
      <source>Qui appelle ?</source>
      <translation>Who is calling?</translation>
    </message>
    <message>
      <source>Qui est de garde ?</source>
      <translation>Who is on duty?</translation>
    </message>
    <message>
      <source>Quitter</source>
      <translation>Quit</translation>
    </message>
    <message>
      <source>RCS</source>
      <translation>RCS</translation>
    </message>
    <message>
      <source>Raccrocher</source>
      <translation>Hang up</translation>
    </message>
    <message>
      <source>Raccroché après {span} d’attente</source>
      <translation>Hung up after waiting {span}</translation>
    </message>
    <message>
      <source>Raccroché sans réponse</source>
      <translation>Hung up before an answer</translation>
    </message>
    <message>
      <source>Rappel</source>
      <translation>Call back</translation>
    </message>
    <message>
      <source>Rappel au numéro connu</source>
      <translation>Call-back to the known number</translation>
    </message>
    <message>
      <source>Rappel clos, injoignable</source>
      <translation>Call-back closed, unreachable</translation>
    </message>
    <message>
      <source>Rappel confié</source>
      <translation>Call-back handed over</translation>
    </message>
    <message>
      <source>Rappel en retard</source>
      <translation>Call-back overdue</translation>
    </message>
    <message>
      <source>Rappel promis</source>
      <translation>Call-back promised</translation>
    </message>
    <message>
      <source>Rappel promis avant {due} par {owner}</source>
      <translation>Call-back due {due}, by {owner}</translation>
    </message>
    <message>
      <source>Rappel promis {day} avant {at}</source>
      <translation>Call-back promised {day} by {at}</translation>
    </message>
    <message>
      <source>Rappel promis {day}, non tenu.</source>
      <translation>Call-back promised {day}, not kept.</translation>
    </message>
    <message>
      <source>Rappel rendu</source>
      <translation>Call-back given back</translation>
    </message>
    <message>
      <source>Rappel reporté</source>
      <translation>Call-back postponed</translation>
    </message>
    <message>
      <source>Rappel rouvert</source>
      <translation>Call-back reopened</translation>
    </message>
    <message>
      <source>Rappelants : numéros sans réponse joints en appelant de nouveau dans les 24 h.</source>
      <translation>Called again: unanswered numbers that were reached as they called again within 24 h.</translation>
    </message>
    <message>
      <source>Rappeler</source>
      <translation>Call back</translation>
    </message>
    <message>
      <source>Rappeler : {subject}</source>
      <translation>Call back: {subject}</translation>
    </message>
    <message>
      <source>Rappelez sur le numéro de l’annuaire avant toute information.</source>
      <translation>Call back on the directory’s number before giving any information.</translation>
    </message>
    <message>
      <source>Rappels</source>
      <translation>Call-backs</translation>
    </message>
    <message>
      <source>Rappels et suivi</source>
      <translation>Reminders, follow-up</translation>
    </message>
    <message>
      <source>Rappels promis</source>
      <translation>Promised call-backs</translation>
    </message>
    <message>
      <source>Rappels promis et tâches</source>
      <translation>Promised call-backs and tasks</translation>
    </message>
    <message>
      <source>Rappelés : numéros sans réponse que nous avons joints en les rappelant dans les 24 h.</source>
      <translation>Called back: unanswered numbers that we reached by calling them back within 24 h.</translation>
    </message>
    <message>
      <source>Rattacher</source>
      <translation>Link</translation>
    </message>
    <message>
      <source>Rattacher les appels sans patient de ce numéro</source>
      <translation>Link this number’s calls without a patient</translation>
    </message>
    <message>
      <source>Rattaché au dossier choisi.</source>
      <translation>Given to the chosen record.</translation>
    </message>
    <message>
      <source>Recherche des doublons possibles…</source>
      <translation>Looking for possible duplicates…</translation>
    </message>
    <message>
      <source>Rechercher le patient</source>
      <translation>Find the patient</translation>
    </message>
    <message>
      <source>Rechercher un patient, un numéro</source>
      <translation>Search for a patient, a number</translation>
    </message>
    <message>
      <source>Rechercher un patient, un numéro, une demande</source>
      <translation>Find a patient, a number, a request</translation>
    </message>
    <message>
      <source>Recontact</source>
      <translation>Recontact</translation>
    </message>
    <message>
      <source>Recontact 7 j</source>
      <translation>Recontact 7 d</translation>
    </message>
    <message>
      <source>Recontact par canal</source>
      <translation>Recontact by channel</translation>
    </message>
    <message>
      <source>Recontact par motif</source>
      <translation>Recontact by reason</translation>
    </message>
    <message>
      <source>Recontact : contacts entrants suivis d’un autre sur la même demande en 7 jours.</source>
      <translation>Recontact: incoming contacts followed by another on the same request within 7 days.</translation>
    </message>
    <message>
      <source>Refermer</source>
      <translation>Close it</translation>
    </message>
    <message>
      <source>Refermer le dossier de {name}</source>
      <translation>Close the record of {name}</translation>
    </message>
    <message>
      <source>Refusé</source>
      <translation>Refused</translation>
    </message>
    <message>
      <source>Regroupement annulé</source>
      <translation>Joining undone</translation>
    </message>
    <message>
      <source>Regrouper</source>
      <translation>Join</translation>
    </message>
    <message>
      <source>Relancé</source>
      <translation>Handed on</translation>
    </message>
    <message>
      <source>Relation</source>
      <translation>Relation</translation>
    </message>
    <message>
      <source>Relier</source>
      <translation>Link</translation>
    </message>
    <message>
      <source>Relier toute la demande à « {title} »</source>
      <translation>Link the whole request to “{title}”</translation>
    </message>
    <message>
      <source>Relier à un autre appel</source>
      <translation>Link to another call</translation>
    </message>
    <message>
      <source>Relier à « {title} »</source>
      <translation>Link to “{title}”</translation>
    </message>
    <message>
      <source>Relié à l’appel de {at}.</source>
      <translation>Linked to the call of {at}.</translation>
    </message>
    <message>
      <source>Relié à « {title} »</source>
      <translation>Linked to “{title}”</translation>
    </message>
    <message>
      <source>Rendez-vous</source>
      <translation>Appointment</translation>
    </message>
    <message>
      <source>Rendez-vous pris en ligne</source>
      <translation>Appointment booked online</translation>
    </message>
    <message>
      <source>Renseignement général, erreur de numéro, professionnel. L’appel est compté, sans dossier.</source>
      <translation>General information, wrong number, professional. The call is counted, without a file.</translation>
    </message>
    <message>
      <source>Renseignement général, relais, professionnel. L’appel reste qualifiable.</source>
      <translation>General information, relay, professional. The call can still be logged.</translation>
    </message>
    <message>
      <source>Reporter</source>
      <translation>Postpone</translation>
    </message>
    <message>
      <source>Reporté</source>
      <translation>Postponed</translation>
    </message>
    <message>
      <source>Reprendre</source>
      <translation>Resume</translation>
    </message>
    <message>
      <source>Responsable</source>
      <translation>Owner</translation>
    </message>
    <message>
      <source>Ressemblance faible</source>
      <translation>Weak likeness</translation>
    </message>
    <message>
      <source>Ressemblance forte</source>
      <translation>Strong likeness</translation>
    </message>
    <message>
      <source>Ressemblance non établie</source>
      <translation>Likeness not established</translation>
    </message>
    <message>
      <source>Ressemblance possible</source>
      <translation>Possible likeness</translation>
    </message>
    <message>
      <source>Reste {keys}.</source>
      <translation>{keys} is left.</translation>
    </message>
    <message>
      <source>Restent {keys}.</source>
      <translation>{keys} are left.</translation>
    </message>
    <message>
      <source>Retard {span}</source>
      <translation>{span} late</translation>
    </message>
    <message>
      <source>Retenu</source>
      <translation>Held</translation>
    </message>
    <message>
      <source>Retirer</source>
      <translation>Withdraw</translation>
    </message>
    <message>
      <source>Retirer ce proche</source>
      <translation>Remove this relative</translation>
    </message>
    <message>
      <source>Retour arrière</source>
      <translation>Backspace</translation>
    </message>
    <message>
      <source>Retour à l’accueil</source>
      <translation>Back to Home</translation>
    </message>
    <message>
      <source>Revenir</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Revenir à la famille</source>
      <translation>Back to the family</translation>
    </message>
    <message>
      <source>Revenir à l’appel</source>
      <translation>Back to the call</translation>
    </message>
    <message>
      <source>Revenir à l’appelant</source>
      <translation>Back to the caller</translation>
    </message>
    <message>
      <source>Reçu</source>
      <translation>Received</translation>
    </message>
    <message>
      <source>Reçus</source>
      <translation>Received</translation>
    </message>
    <message>
      <source>Rien</source>
      <translation>Nothing</translation>
    </message>
    <message>
      <source>Rien dans l’annuaire pour « {text} ».</source>
      <translation>Nothing in the directory for “{text}”.</translation>
    </message>
    <message>
      <source>Rien ne porte ce nom.</source>
      <translation>Nothing has that name.</translation>
    </message>
    <message>
      <source>Rien n’a encore été clos aujourd’hui.</source>
      <translation>Nothing has been closed yet today.</translation>
    </message>
    <message>
      <source>Rien n’a été dit.</source>
      <translation>Nothing was said.</translation>
    </message>
    <message>
      <source>Rien n’attend.</source>
      <translation>Nothing waits.</translation>
    </message>
    <message>
      <source>Rien n’est dit</source>
      <translation>Nothing said</translation>
    </message>
    <message>
      <source>Rien n’est dit : aucun envoi sans accord.</source>
      <translation>Nothing is said: nothing is sent without agreement.</translation>
    </message>
    <message>
      <source>Rien n’est dit : l’envoi est possible, la personne peut s’y opposer.</source>
      <translation>Nothing is said: sending is possible, the person may object.</translation>
    </message>
    <message>
      <source>Rien n’est perdu si vous fermez la console. L’envoi reprend tout seul, dans l’ordre de saisie.</source>
      <translation>Nothing is lost if you close the console. Sending resumes by itself, in the order of entry.</translation>
    </message>
    <message>
      <source>Rien n’est à relier : choisissez un contact.</source>
      <translation>Nothing to link: choose a contact.</translation>
    </message>
    <message>
      <source>Rien par téléphone : passez au directeur de garde.</source>
      <translation>Nothing by telephone: pass the call to the director on duty.</translation>
    </message>
    <message>
      <source>Rien à annuler.</source>
      <translation>Nothing to undo.</translation>
    </message>
    <message>
      <source>Rouvrir</source>
      <translation>Reopen</translation>
    </message>
    <message>
      <source>Rubriques, de haut en bas</source>
      <translation>Sections, from the top</translation>
    </message>
    <message>
      <source>Réessayer</source>
      <translation>Try again</translation>
    </message>
    <message>
      <source>Réglages</source>
      <translation>Settings</translation>
    </message>
    <message>
      <source>Réglages d’origine rétablis.</source>
      <translation>Original settings are back.</translation>
    </message>
    <message>
      <source>Répondeur : compte comme un essai</source>
      <translation>Voicemail: counts as a try</translation>
    </message>
    <message>
      <source>Répondre</source>
      <translation>Answer</translation>
    </message>
    <message>
      <source>Répondre depuis partout</source>
      <translation>Answer from anywhere</translation>
    </message>
    <message>
      <source>Répondre depuis un autre logiciel</source>
      <translation>Answer from another program</translation>
    </message>
    <message>
      <source>Répondre, ou revenir à l’appel</source>
      <translation>Answer, or go back to the call</translation>
    </message>
    <message>
      <source>Répondu</source>
      <translation>Resolved</translation>
    </message>
    <message>
      <source>Répondu, À suivre</source>
      <translation>Dealt with, to follow up</translation>
    </message>
    <message>
      <source>Réponse promise {day} avant {at}</source>
      <translation>Reply promised {day} by {at}</translation>
    </message>
    <message>
      <source>Réponse réservée à un soignant. Transmettez.</source>
      <translation>Only a clinician may answer. Pass it on.</translation>
    </message>
    <message>
      <source>Réponse sur le portail</source>
      <translation>Reply on the portal</translation>
    </message>
    <message>
      <source>Réponses</source>
      <translation>Answers</translation>
    </message>
    <message>
      <source>Réseaux sociaux</source>
      <translation>Social media</translation>
    </message>
    <message>
      <source>Résultats, doc.</source>
      <translation>Results, docs</translation>
    </message>
    <message>
      <source>Résultats, documents</source>
      <translation>Results, documents</translation>
    </message>
    <message>
      <source>Résultat : {parts}.</source>
      <translation>Result: {parts}.</translation>
    </message>
    <message>
      <source>Rétablir</source>
      <translation>Restore</translation>
    </message>
    <message>
      <source>Rôle</source>
      <translation>Role</translation>
    </message>
    <message>
      <source>SMS</source>
      <translation>SMS</translation>
    </message>
    <message>
      <source>STOP levé</source>
      <translation>STOP lifted</translation>
    </message>
    <message>
      <source>STOP levé : {channel}.</source>
      <translation>STOP lifted: {channel}.</translation>
    </message>
    <message>
      <source>STOP reçu</source>
      <translation>STOP received</translation>
    </message>
    <message>
      <source>STOP reçu du {number} le {day} : aucun envoi automatique.</source>
      <translation>STOP received from {number} on {day}: nothing is sent automatically.</translation>
    </message>
    <message>
      <source>STOP, {number}</source>
      <translation>STOP, {number}</translation>
    </message>
    <message>
      <source>Saisie</source>
      <translation>Entry</translation>
    </message>
    <message>
      <source>Sans activité, la session se verrouille. Vos saisies restent ici, chiffrées.</source>
      <translation>Without activity, the session locks. What you typed stays here, encrypted.</translation>
    </message>
    <message>
      <source>Sans contact</source>
      <translation>No contact</translation>
    </message>
    <message>
      <source>Sans demande</source>
      <translation>No request</translation>
    </message>
    <message>
      <source>Sans motif, l’appel reste À qualifier.</source>
      <translation>Without a reason, the call stays To log.</translation>
    </message>
    <message>
      <source>Sans réponse</source>
      <translation>Unanswered</translation>
    </message>
    <message>
      <source>Sans réponse en 20 s, l’appel revient avec le nom de l’appelant</source>
      <translation>Unanswered in 20 s: back with the caller’s name</translation>
    </message>
    <message>
      <source>Sans s&amp;uite</source>
      <translation>No follow-&amp;up</translation>
    </message>
    <message>
      <source>Sans suite</source>
      <translation>No follow-up</translation>
    </message>
    <message>
      <source>Sans équipe</source>
      <translation>No team</translation>
    </message>
    <message>
      <source>Se connecter</source>
      <translation>Sign in</translation>
    </message>
    <message>
      <source>Se déplacer</source>
      <translation>Move</translation>
    </message>
    <message>
      <source>Serveur injoignable. Base locale : {at}.</source>
      <translation>Server out of reach. Local data: {at}.</translation>
    </message>
    <message>
      <source>Serveur joint.</source>
      <translation>Server reached.</translation>
    </message>
    <message>
      <source>Serveur, {name} à {at}</source>
      <translation>Server, {name} at {at}</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Department</translation>
    </message>
    <message>
      <source>Services</source>
      <translation>Departments</translation>
    </message>
    <message>
      <source>Session expirée</source>
      <translation>Session expired</translation>
    </message>
    <message>
      <source>Session verrouillée.</source>
      <translation>Session locked.</translation>
    </message>
    <message>
      <source>Session verrouillée. L’appel continue sur le poste.</source>
      <translation>Session locked. The call goes on on the phone.</translation>
    </message>
    <message>
      <source>Session verrouillée. Répondez au téléphone.</source>
      <translation>Session locked. Answer on the phone.</translation>
    </message>
    <message>
      <source>Seul le destinataire dit qu’un message est lu ou fait.</source>
      <translation>Only its recipient says that a message is read or done.</translation>
    </message>
    <message>
      <source>Seuls les contacts de la console sont regroupés. La fusion d’identité dans le dossier patient reste faite par la cellule d’identitovigilance.</source>
      <translation>Only the console’s contacts are joined. Merging identities in the patient record stays with the identity team.</translation>
    </message>
    <message>
      <source>Sexe</source>
      <translation>Sex</translation>
    </message>
    <message>
      <source>Signaler à l’identitovigilance</source>
      <translation>Report to the identity team</translation>
    </message>
    <message>
      <source>Silence</source>
      <translation>Silence</translation>
    </message>
    <message>
      <source>Six</source>
      <translation>Six</translation>
    </message>
    <message>
      <source>Soins</source>
      <translation>Care</translation>
    </message>
    <message>
      <source>Sombre</source>
      <translation>Dark</translation>
    </message>
    <message>
      <source>Son DECT affiche « 1 message à lire ». Aucun nom de patient ne part par DECT ni par e-mail.</source>
      <translation>Their DECT shows “1 message to read”. No patient’s name leaves by DECT or e-mail.</translation>
    </message>
    <message>
      <source>Son auteur a repris ce message.</source>
      <translation>Its author took this message back.</translation>
    </message>
    <message>
      <source>Sonne</source>
      <translation>Ringing</translation>
    </message>
    <message>
      <source>Sous l’objectif</source>
      <translation>Below target</translation>
    </message>
    <message>
      <source>Statut</source>
      <translation>Outcome</translation>
    </message>
    <message>
      <source>Statut d’identité</source>
      <translation>Identity status</translation>
    </message>
    <message>
      <source>Suite de « {title} »</source>
      <translation>Follows “{title}”</translation>
    </message>
    <message>
      <source>Suite enregistrée</source>
      <translation>Outcome saved</translation>
    </message>
    <message>
      <source>Suite enregistrée pour {count} rappels</source>
      <translation>Outcome saved for {count} call-backs</translation>
    </message>
    <message>
      <source>Suite à donner : rappel</source>
      <translation>To be done: call back</translation>
    </message>
    <message>
      <source>Suivant, {number} sur {total}</source>
      <translation>Next, {number} of {total}</translation>
    </message>
    <message>
      <source>Sujet</source>
      <translation>Topic</translation>
    </message>
    <message>
      <source>Supervision</source>
      <translation>Supervision</translation>
    </message>
    <message>
      <source>Suppr retire</source>
      <translation>Del removes</translation>
    </message>
    <message>
      <source>Système</source>
      <translation>System</translation>
    </message>
    <message>
      <source>Sélectionner</source>
      <translation>Select</translation>
    </message>
    <message>
      <source>Séparer ces dossiers</source>
      <translation>Part these records</translation>
    </message>
    <message>
      <source>Taux de décroché : appels décrochés ÷ (reçus − courts de moins de 5 s).</source>
      <translation>Answer rate: answered calls ÷ (received − short ones under 5 s).</translation>
    </message>
    <message>
      <source>Taux d’abandon : abandons après 5 s ou plus ÷ (reçus − courts).</source>
      <translation>Abandon rate: abandoned after 5 s or more ÷ (received − short ones).</translation>
    </message>
    <message>
      <source>Tenu</source>
      <translation>Kept</translation>
    </message>
    <message>
      <source>Tenue</source>
      <translation>Kept</translation>
    </message>
    <message>
      <source>Terminer la qualification</source>
      <translation>Finish the log</translation>
    </message>
    <message>
      <source>Terminez la connexion dans votre navigateur.</source>
      <translation>Finish signing in in your browser.</translation>
    </message>
    <message>
      <source>Thème</source>
      <translation>Theme</translation>
    </message>
    <message>
      <source>Titre</source>
      <translation>Title</translation>
    </message>
    <message>
      <source>Titulaire de l’autorité parentale</source>
      <translation>Holder of parental authority</translation>
    </message>
    <message>
      <source>Touche entendue de tous les logiciels</source>
      <translation>A key that every program hears</translation>
    </message>
    <message>
      <source>Tous</source>
      <translation>All</translation>
    </message>
    <message>
      <source>Tous les canaux</source>
      <translation>All channels</translation>
    </message>
    <message>
      <source>Tous les postes du service la lisent : aucun nom de patient.</source>
      <translation>Every desk of the department reads it: no patient’s name.</translation>
    </message>
    <message>
      <source>Tout</source>
      <translation>All</translation>
    </message>
    <message>
      <source>Tout chercher</source>
      <translation>Search all</translation>
    </message>
    <message>
      <source>Tout est parti : rien n’attend sur ce poste.</source>
      <translation>Everything is sent: nothing waits on this desk.</translation>
    </message>
    <message>
      <source>Tout est relu.</source>
      <translation>Everything was read again.</translation>
    </message>
    <message>
      <source>Tout est à jour : aucun contact à qualifier.</source>
      <translation>All up to date: no contact to log.</translation>
    </message>
    <message>
      <source>Tout est à jour : aucun rappel promis.</source>
      <translation>All up to date: no call-back promised.</translation>
    </message>
    <message>
      <source>Tout est à jour : aucune demande ouverte.</source>
      <translation>All up to date: no request open.</translation>
    </message>
    <message>
      <source>Tout est à jour : plus personne n’attend depuis la fermeture.</source>
      <translation>All done: nobody has been waiting since closing time.</translation>
    </message>
    <message>
      <source>Tout le service</source>
      <translation>Whole department</translation>
    </message>
    <message>
      <source>Toutes les files</source>
      <translation>All queues</translation>
    </message>
    <message>
      <source>Toutes les touches sont lues.</source>
      <translation>Every key was read.</translation>
    </message>
    <message>
      <source>Toutes les tâches →</source>
      <translation>All tasks →</translation>
    </message>
    <message>
      <source>Toutes les échéances</source>
      <translation>All due times</translation>
    </message>
    <message>
      <source>Traits stricts, non modifiables ici</source>
      <translation>Strict traits, not editable here</translation>
    </message>
    <message>
      <source>Traits tels que dits au téléphone. Statut provisoire, à vérifier au guichet.</source>
      <translation>Traits as said on the phone. Provisional, to be checked at the desk.</translation>
    </message>
    <message>
      <source>Transfert annoncé</source>
      <translation>Announced transfer</translation>
    </message>
    <message>
      <source>Transférer</source>
      <translation>Transfer</translation>
    </message>
    <message>
      <source>Transférer en annonçant</source>
      <translation>Transfer after announcing</translation>
    </message>
    <message>
      <source>Transférer, chercher un poste</source>
      <translation>Transfer, find an extension</translation>
    </message>
    <message>
      <source>Transféré</source>
      <translation>Transferred</translation>
    </message>
    <message>
      <source>Transféré par {name}</source>
      <translation>Transferred by {name}</translation>
    </message>
    <message>
      <source>Transféré par {name} : {note}</source>
      <translation>Transferred by {name}: {note}</translation>
    </message>
    <message>
      <source>Transféré, Sans suite</source>
      <translation>Transferred, no action</translation>
    </message>
    <message>
      <source>Trois</source>
      <translation>Three</translation>
    </message>
    <message>
      <source>Trois consignes au plus : retirez-en une.</source>
      <translation>Three notes at most: withdraw one.</translation>
    </message>
    <message>
      <source>Trop courte : {count} caractères au moins, par exemple quatre mots.</source>
      <translation>Too short: {count} characters at least, four words for example.</translation>
    </message>
    <message>
      <source>Tuteur</source>
      <translation>Guardian</translation>
    </message>
    <message>
      <source>Tâches</source>
      <translation>Tasks</translation>
    </message>
    <message>
      <source>Téléphone</source>
      <translation>Telephone</translation>
    </message>
    <message>
      <source>Téléphone ou IPP</source>
      <translation>Telephone or IPP</translation>
    </message>
    <message>
      <source>Téléphones, tous gardés</source>
      <translation>Telephones, all kept</translation>
    </message>
    <message>
      <source>Un</source>
      <translation>One</translation>
    </message>
    <message>
      <source>Un appel est en cours : qualifiez-le d’abord (F4).</source>
      <translation>A call is in progress: qualify it first (F4).</translation>
    </message>
    <message>
      <source>Un appel rattaché.</source>
      <translation>One call linked.</translation>
    </message>
    <message>
      <source>Un appel sans patient de ce numéro</source>
      <translation>One call from this number, no patient</translation>
    </message>
    <message>
      <source>Un autre logiciel se sert déjà de {key} : elle ne répondra pas d’ici. Une autre se choisit sous votre nom, en bas à gauche.</source>
      <translation>Another program already uses {key}: it will not answer from here. Another one is chosen under your name, at the bottom left.</translation>
    </message>
    <message>
      <source>Un collègue l’a déjà rattaché.</source>
      <translation>A colleague has already sorted it.</translation>
    </message>
    <message>
      <source>Un collègue s’en occupe déjà.</source>
      <translation>A colleague is already on it.</translation>
    </message>
    <message>
      <source>Un dossier a un homonyme connu.</source>
      <translation>One file has a known namesake.</translation>
    </message>
    <message>
      <source>Un dossier peut ne pas s’afficher à ce poste. S’il vous le faut maintenant, dites pourquoi : il s’ouvre à vous seul pendant 30 min, l’ouverture est tracée et votre cadre en est averti.</source>
      <translation>A file may not show at this desk. If you need it now, say why: it opens to you alone for 30 min, the opening is traced and your supervisor is told.</translation>
    </message>
    <message>
      <source>Un mot de l’historique</source>
      <translation>A word of the history</translation>
    </message>
    <message>
      <source>Un numéro à rappeler.</source>
      <translation>A number to call back.</translation>
    </message>
    <message>
      <source>Un proche</source>
      <translation>A relative</translation>
    </message>
    <message>
      <source>Un professionnel</source>
      <translation>A professional</translation>
    </message>
    <message>
      <source>Un relais</source>
      <translation>A relay</translation>
    </message>
    <message>
      <source>Un secrétariat ou un soignant le lève, si la personne le redemande.</source>
      <translation>A secretary or a nurse lifts it, if the person asks again.</translation>
    </message>
    <message>
      <source>Une action, un patient, une personne ou un service</source>
      <translation>An action, a patient, a person or a service</translation>
    </message>
    <message>
      <source>Une autre personne s’est connectée dans le navigateur. Recommencez.</source>
      <translation>Somebody else signed in in the browser. Start again.</translation>
    </message>
    <message>
      <source>Une console est déjà ouverte sur ce poste.</source>
      <translation>A console is already open at this desk.</translation>
    </message>
    <message>
      <source>Urgence</source>
      <translation>Emergency</translation>
    </message>
    <message>
      <source>Urgence, vers le 15</source>
      <translation>Emergency, to 15</translation>
    </message>
    <message>
      <source>Utilisez votre compte de l’établissement.</source>
      <translation>Use your hospital account.</translation>
    </message>
    <message>
      <source>Valable jusqu’au {on}.</source>
      <translation>Valid until {on}.</translation>
    </message>
    <message>
      <source>Verrouillage</source>
      <translation>Lock</translation>
    </message>
    <message>
      <source>Verrouiller la session</source>
      <translation>Lock the session</translation>
    </message>
    <message>
      <source>Version trop éloignée de celle du serveur : appelez l’informatique.</source>
      <translation>Too far from the server’s version: call the IT department.</translation>
    </message>
    <message>
      <source>Version {version}</source>
      <translation>Version {version}</translation>
    </message>
    <message>
      <source>Vidéo</source>
      <translation>Video</translation>
    </message>
    <message>
      <source>Voir la demande</source>
      <translation>See the request</translation>
    </message>
    <message>
      <source>Voir la fiche</source>
      <translation>See the file</translation>
    </message>
    <message>
      <source>Voir les envois</source>
      <translation>See what waits</translation>
    </message>
    <message>
      <source>Voir les lignes</source>
      <translation>See the lines</translation>
    </message>
    <message>
      <source>Vos groupes donnent plusieurs rôles ici.</source>
      <translation>Your groups give several roles here.</translation>
    </message>
    <message>
      <source>Vos groupes ne donnent aucun rôle ici.</source>
      <translation>Your groups give no role here.</translation>
    </message>
    <message>
      <source>Votre avis</source>
      <translation>Your opinion</translation>
    </message>
    <message>
      <source>Votre correspondant a raccroché : l’appelant est avec vous.</source>
      <translation>The other party hung up: the caller is back with you.</translation>
    </message>
    <message>
      <source>Votre poste n’est inscrit dans aucune file.</source>
      <translation>Your telephone is in no queue.</translation>
    </message>
    <message>
      <source>Votre poste n’est pas inscrit dans cette file.</source>
      <translation>Your extension is not a member of this queue.</translation>
    </message>
    <message>
      <source>Votre rôle ne permet pas cette action : voyez l’encadrement.</source>
      <translation>Your role does not allow this action: ask your supervisor.</translation>
    </message>
    <message>
      <source>Votre saisie, à {at}</source>
      <translation>Your entry, at {at}</translation>
    </message>
    <message>
      <source>Vous parlez d’abord au correspondant ; l’appelant attend.</source>
      <translation>You speak to the other party first; the caller waits.</translation>
    </message>
    <message>
      <source>Vous pouvez fermer cet onglet et revenir à la console.</source>
      <translation>You may close this tab and go back to the console.</translation>
    </message>
    <message>
      <source>Vous vous en occupez</source>
      <translation>You are on it</translation>
    </message>
    <message>
      <source>Vous vous occupez de {count} rappels</source>
      <translation>You are on {count} call-backs</translation>
    </message>
    <message>
      <source>Voyez votre administrateur.</source>
      <translation>See your administrator.</translation>
    </message>
    <message>
      <source>Vu</source>
      <translation>Seen</translation>
    </message>
    <message>
      <source>Vérifier l’appelant</source>
      <translation>Verify the caller</translation>
    </message>
    <message>
      <source>Vérifiez l’appelant (Ctrl+I) avant de modifier ou d’envoyer.</source>
      <translation>Verify the caller (Ctrl+I) before you change or send anything.</translation>
    </message>
    <message>
      <source>Vérifiez qui appelle et si le patient accepte qu’on réponde. Ni présence, ni état de santé sans accord.</source>
      <translation>Check who is calling and whether the patient agrees that we answer. Neither presence nor state of health without consent.</translation>
    </message>
    <message>
      <source>Vérifié à {at}</source>
      <translation>Verified at {at}</translation>
    </message>
    <message>
      <source>WhatsApp</source>
      <translation>WhatsApp</translation>
    </message>
    <message>
      <source>Zone précédente</source>
      <translation>Previous pane</translation>
    </message>
    <message>
      <source>Zone suivante</source>
      <translation>Next pane</translation>
    </message>
    <message>
      <source>Zone suivante, précédente</source>
      <translation>Next, previous pane</translation>
    </message>
    <message>
      <source>appel</source>
      <translation>call</translation>
    </message>
    <message>
      <source>appel noté</source>
      <translation>call noted</translation>
    </message>
    <message>
      <source>appeler</source>
      <translation>call</translation>
    </message>
    <message>
      <source>après 60 s</source>
      <translation>after 60 s</translation>
    </message>
    <message>
      <source>après l’heure</source>
      <translation>after the time</translation>
    </message>
    <message>
      <source>après {count} min</source>
      <translation>after {count} min</translation>
    </message>
    <message>
      <source>au cadre</source>
      <translation>to the supervisor</translation>
    </message>
    <message>
      <source>au guichet</source>
      <translation>at the desk</translation>
    </message>
    <message>
      <source>au {number}</source>
      <translation>to {number}</translation>
    </message>
    <message>
      <source>aucun essai</source>
      <translation>no try</translation>
    </message>
    <message>
      <source>auj.</source>
      <translation>today</translation>
    </message>
    <message>
      <source>auj. {at}</source>
      <translation>today {at}</translation>
    </message>
    <message>
      <source>aujourd’hui</source>
      <translation>today</translation>
    </message>
    <message>
      <source>aujourd’hui {at}</source>
      <translation>today {at}</translation>
    </message>
    <message>
      <source>autre</source>
      <translation>other</translation>
    </message>
    <message>
      <source>autres</source>
      <translation>other</translation>
    </message>
    <message>
      <source>avec un parent</source>
      <translation>with a parent</translation>
    </message>
    <message>
      <source>ce matin</source>
      <translation>this morning</translation>
    </message>
    <message>
      <source>ce matin à {at}</source>
      <translation>this morning at {at}</translation>
    </message>
    <message>
      <source>chiffre ou mot</source>
      <translation>digit or word</translation>
    </message>
    <message>
      <source>choisir</source>
      <translation>choose</translation>
    </message>
    <message>
      <source>choisir, aucun choix par défaut</source>
      <translation>choose, nothing chosen by default</translation>
    </message>
    <message>
      <source>code postal</source>
      <translation>postcode</translation>
    </message>
    <message>
      <source>cohorte close, {period}</source>
      <translation>closed cohort, {period}</translation>
    </message>
    <message>
      <source>communication</source>
      <translation>talk</translation>
    </message>
    <message>
      <source>comparez chaque trait avec ce que dit l’appelant.</source>
      <translation>compare each trait with what the caller says.</translation>
    </message>
    <message>
      <source>de garde jusqu’à {at}</source>
      <translation>on duty until {at}</translation>
    </message>
    <message>
      <source>de {at}</source>
      <translation>of {at}</translation>
    </message>
    <message>
      <source>demain</source>
      <translation>tomorrow</translation>
    </message>
    <message>
      <source>demain {at}</source>
      <translation>tomorrow {at}</translation>
    </message>
    <message>
      <source>demandez le lieu de naissance avant de rattacher.</source>
      <translation>ask for the place of birth before you link.</translation>
    </message>
    <message>
      <source>depuis {at}</source>
      <translation>since {at}</translation>
    </message>
    <message>
      <source>dernier rendez-vous</source>
      <translation>last appointment</translation>
    </message>
    <message>
      <source>des contacts</source>
      <translation>of contacts</translation>
    </message>
    <message>
      <source>deux numéros de dossier</source>
      <translation>two file numbers</translation>
    </message>
    <message>
      <source>deux trois quatre cinq six sept huit neuf</source>
      <translation>two three four five six seven eight nine</translation>
    </message>
    <message>
      <source>disponible</source>
      <translation>available</translation>
    </message>
    <message>
      <source>disponibles</source>
      <translation>available</translation>
    </message>
    <message>
      <source>du {day}</source>
      <translation>of {day}</translation>
    </message>
    <message>
      <source>dépliée</source>
      <translation>unfolded</translation>
    </message>
    <message>
      <source>d’hier</source>
      <translation>of yesterday</translation>
    </message>
    <message>
      <source>en appel</source>
      <translation>in a call</translation>
    </message>
    <message>
      <source>en attente</source>
      <translation>waiting</translation>
    </message>
    <message>
      <source>en cours</source>
      <translation>under way</translation>
    </message>
    <message>
      <source>en post-appel</source>
      <translation>after call</translation>
    </message>
    <message>
      <source>envoyé {at}</source>
      <translation>sent {at}</translation>
    </message>
    <message>
      <source>facultatif</source>
      <translation>optional</translation>
    </message>
    <message>
      <source>faire</source>
      <translation>do</translation>
    </message>
    <message>
      <source>fermer</source>
      <translation>close</translation>
    </message>
    <message>
      <source>hier</source>
      <translation>yesterday</translation>
    </message>
    <message>
      <source>hier {at}</source>
      <translation>yesterday {at}</translation>
    </message>
    <message>
      <source>hier {at}</source>
      <comment>court</comment>
      <translation>yest. {at}</translation>
    </message>
    <message>
      <source>homonyme déclaré</source>
      <translation>declared namesake</translation>
    </message>
    <message>
      <source>identité douteuse</source>
      <translation>doubtful identity</translation>
    </message>
    <message>
      <source>identité fictive</source>
      <translation>fictitious identity</translation>
    </message>
    <message>
      <source>il y a {span}</source>
      <translation>{span} ago</translation>
    </message>
    <message>
      <source>indisponible</source>
      <translation>unavailable</translation>
    </message>
    <message>
      <source>indisponibles</source>
      <translation>unavailable</translation>
    </message>
    <message>
      <source>janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.</source>
      <translation>Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec</translation>
    </message>
    <message>
      <source>janvier février mars avril mai juin juillet août septembre octobre novembre décembre</source>
      <translation>January February March April May June July August September October November December</translation>
    </message>
    <message>
      <source>jjmmaaaa suffit</source>
      <translation>ddmmyyyy is enough</translation>
    </message>
    <message>
      <source>jusqu’à {at}</source>
      <translation>until {at}</translation>
    </message>
    <message>
      <source>la note de {name} est gardée</source>
      <translation>{name}’s note is kept</translation>
    </message>
    <message>
      <source>le plus ancien : {at}</source>
      <translation>oldest: {at}</translation>
    </message>
    <message>
      <source>le rappel promis pour {at} par {name} reste à faire</source>
      <translation>the call back promised for {at} by {name} is still to be made</translation>
    </message>
    <message>
      <source>le {day}. Aucun message ne part. Proches : motif 75.</source>
      <translation>on {day}. No message leaves. Relatives: reason 75.</translation>
    </message>
    <message>
      <source>les deux notes sont gardées</source>
      <translation>both notes are kept</translation>
    </message>
    <message>
      <source>lettres</source>
      <translation>letters</translation>
    </message>
    <message>
      <source>libre</source>
      <translation>free</translation>
    </message>
    <message>
      <source>libres</source>
      <translation>free</translation>
    </message>
    <message>
      <source>lire la fiche</source>
      <translation>read the sheet</translation>
    </message>
    <message>
      <source>lun. mar. mer. jeu. ven. sam. dim.</source>
      <translation>Mon Tue Wed Thu Fri Sat Sun</translation>
    </message>
    <message>
      <source>lundi mardi mercredi jeudi vendredi samedi dimanche</source>
      <translation>Monday Tuesday Wednesday Thursday Friday Saturday Sunday</translation>
    </message>
    <message>
      <source>maintenant, {day} {at}</source>
      <translation>now, {day} {at}</translation>
    </message>
    <message>
      <source>masqué</source>
      <translation>hidden</translation>
    </message>
    <message>
      <source>menu compris</source>
      <translation>menu included</translation>
    </message>
    <message>
      <source>moyenne sur 4 semaines, par heure</source>
      <translation>mean of 4 weeks, by hour</translation>
    </message>
    <message>
      <source>même nom et même naissance : des jumeaux ?</source>
      <translation>same name and same birth: twins?</translation>
    </message>
    <message>
      <source>naissance</source>
      <translation>birth date</translation>
    </message>
    <message>
      <source>ni présence, ni état de santé. Chaque ouverture est tracée.</source>
      <translation>neither presence nor state of health. Each opening is traced.</translation>
    </message>
    <message>
      <source>nom de naissance</source>
      <translation>birth name</translation>
    </message>
    <message>
      <source>non renseigné</source>
      <translation>not known</translation>
    </message>
    <message>
      <source>objectif 45 s</source>
      <translation>target 45 s</translation>
    </message>
    <message>
      <source>objectif 80 %</source>
      <translation>target 80%</translation>
    </message>
    <message>
      <source>obligatoire</source>
      <translation>required</translation>
    </message>
    <message>
      <source>ou</source>
      <translation>or</translation>
    </message>
    <message>
      <source>ou téléphone, IPP</source>
      <translation>or telephone, IPP</translation>
    </message>
    <message>
      <source>ouverte aujourd’hui</source>
      <translation>opened today</translation>
    </message>
    <message>
      <source>ouverte depuis {days} j</source>
      <translation>open for {days} d</translation>
    </message>
    <message>
      <source>papier au guichet</source>
      <translation>paper at the desk</translation>
    </message>
    <message>
      <source>par 5 min</source>
      <translation>by 5 min</translation>
    </message>
    <message>
      <source>par RCS</source>
      <translation>by RCS</translation>
    </message>
    <message>
      <source>par SMS</source>
      <translation>by SMS</translation>
    </message>
    <message>
      <source>par WhatsApp</source>
      <translation>by WhatsApp</translation>
    </message>
    <message>
      <source>par courrier</source>
      <translation>by letter</translation>
    </message>
    <message>
      <source>par e-mail</source>
      <translation>by e-mail</translation>
    </message>
    <message>
      <source>par lui, {at}</source>
      <translation>by the recipient, {at}</translation>
    </message>
    <message>
      <source>par vous</source>
      <translation>by you</translation>
    </message>
    <message>
      <source>par {name}</source>
      <translation>by {name}</translation>
    </message>
    <message>
      <source>par {name}, {at}</source>
      <translation>by {name}, {at}</translation>
    </message>
    <message>
      <source>par équipe</source>
      <translation>by team</translation>
    </message>
    <message>
      <source>par état</source>
      <translation>by state</translation>
    </message>
    <message>
      <source>partagé par {count} patients</source>
      <translation>shared by {count} patients</translation>
    </message>
    <message>
      <source>pas de réponse</source>
      <translation>no answer</translation>
    </message>
    <message>
      <source>petit effectif</source>
      <translation>small base</translation>
    </message>
    <message>
      <source>plus longue</source>
      <translation>longest</translation>
    </message>
    <message>
      <source>plus longue attente {wait}</source>
      <translation>longest wait {wait}</translation>
    </message>
    <message>
      <source>post-appel</source>
      <translation>after call</translation>
    </message>
    <message>
      <source>poste ou casque</source>
      <translation>phone or headset</translation>
    </message>
    <message>
      <source>promis pour {at}</source>
      <translation>promised for {at}</translation>
    </message>
    <message>
      <source>pt</source>
      <translation>pt</translation>
    </message>
    <message>
      <source>pts</source>
      <translation>pts</translation>
    </message>
    <message>
      <source>puis</source>
      <translation>then</translation>
    </message>
    <message>
      <source>rappel au numéro connu</source>
      <translation>call-back to the known number</translation>
    </message>
    <message>
      <source>reporté : {at}</source>
      <translation>put off: {at}</translation>
    </message>
    <message>
      <source>répondeur</source>
      <translation>voicemail</translation>
    </message>
    <message>
      <source>sans état connu</source>
      <translation>of no known state</translation>
    </message>
    <message>
      <source>signalé</source>
      <translation>reported</translation>
    </message>
    <message>
      <source>signalé, traits comparés</source>
      <translation>reported, traits compared</translation>
    </message>
    <message>
      <source>sonne depuis {since}</source>
      <translation>ringing for {since}</translation>
    </message>
    <message>
      <source>sous 20 s</source>
      <translation>within 20 s</translation>
    </message>
    <message>
      <source>stable</source>
      <translation>stable</translation>
    </message>
    <message>
      <source>suite de : {title}</source>
      <translation>follows: {title}</translation>
    </message>
    <message>
      <source>suivi depuis par un autre service</source>
      <translation>seen to since by another service</translation>
    </message>
    <message>
      <source>sur le portail</source>
      <translation>on the portal</translation>
    </message>
    <message>
      <source>sur {allowed} de post-appel</source>
      <translation>of {allowed} after call</translation>
    </message>
    <message>
      <source>sur {count} reçus</source>
      <translation>of {count} received</translation>
    </message>
    <message>
      <source>sur {line}, attente {waited}</source>
      <translation>on {line}, waited {waited}</translation>
    </message>
    <message>
      <source>tenu</source>
      <translation>on time</translation>
    </message>
    <message>
      <source>tenu ou tenté</source>
      <translation>kept or tried</translation>
    </message>
    <message>
      <source>transférer</source>
      <translation>transfer</translation>
    </message>
    <message>
      <source>votre note est gardée</source>
      <translation>your note is kept</translation>
    </message>
    <message>
      <source>votre rappel de {at} n’est pas promis</source>
      <translation>your call back at {at} is not promised</translation>
    </message>
    <message>
      <source>{act}, Entrée</source>
      <translation>{act}, Enter</translation>
    </message>
    <message>
      <source>{at}, en retard</source>
      <translation>{at}, overdue</translation>
    </message>
    <message>
      <source>{author}, {on}.</source>
      <translation>{author}, {on}.</translation>
    </message>
    <message>
      <source>{calls} : {times}</source>
      <translation>{calls}: {times}</translation>
    </message>
    <message>
      <source>{channel} de {at}</source>
      <translation>{channel} of {at}</translation>
    </message>
    <message>
      <source>{channel} envoyé</source>
      <translation>{channel} sent</translation>
    </message>
    <message>
      <source>{channel} non</source>
      <translation>{channel} no</translation>
    </message>
    <message>
      <source>{channel} oui</source>
      <translation>{channel} yes</translation>
    </message>
    <message>
      <source>{channel} reçu</source>
      <translation>{channel} received</translation>
    </message>
    <message>
      <source>{channel} : opposition</source>
      <translation>{channel}: objection</translation>
    </message>
    <message>
      <source>{choice} le {day}</source>
      <translation>{choice} on {day}</translation>
    </message>
    <message>
      <source>{count} appel</source>
      <translation>{count} call</translation>
    </message>
    <message>
      <source>{count} appel de ce matin est sans patient. Même personne ?</source>
      <translation>{count} call of this morning has no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} appel d’aujourd’hui est sans patient. Même personne ?</source>
      <translation>{count} call of today has no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} appel masqué de ce matin est sans patient. Même personne ?</source>
      <translation>{count} hidden call of this morning has no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} appel masqué d’aujourd’hui est sans patient. Même personne ?</source>
      <translation>{count} hidden call of today has no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} appelant</source>
      <translation>{count} caller</translation>
    </message>
    <message>
      <source>{count} appelants</source>
      <translation>{count} callers</translation>
    </message>
    <message>
      <source>{count} appels</source>
      <translation>{count} calls</translation>
    </message>
    <message>
      <source>{count} appels de ce matin sont sans patient. Même personne ?</source>
      <translation>{count} calls of this morning have no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} appels d’aujourd’hui sont sans patient. Même personne ?</source>
      <translation>{count} calls of today have no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} appels masqués de ce matin sont sans patient. Même personne ?</source>
      <translation>{count} hidden calls of this morning have no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} appels masqués d’aujourd’hui sont sans patient. Même personne ?</source>
      <translation>{count} hidden calls of today have no patient. The same person?</translation>
    </message>
    <message>
      <source>{count} autre appel masqué</source>
      <translation>{count} other hidden call</translation>
    </message>
    <message>
      <source>{count} autres appels masqués</source>
      <translation>{count} other hidden calls</translation>
    </message>
    <message>
      <source>{count} canaux</source>
      <translation>{count} channels</translation>
    </message>
    <message>
      <source>{count} contact</source>
      <translation>{count} contact</translation>
    </message>
    <message>
      <source>{count} contacts</source>
      <translation>{count} contacts</translation>
    </message>
    <message>
      <source>{count} demande</source>
      <translation>{count} request</translation>
    </message>
    <message>
      <source>{count} demandes</source>
      <translation>{count} requests</translation>
    </message>
    <message>
      <source>{count} dossier au nom proche</source>
      <translation>{count} record with a close name</translation>
    </message>
    <message>
      <source>{count} dossiers au nom proche</source>
      <translation>{count} records with a close name</translation>
    </message>
    <message>
      <source>{count} dossiers ont le même nom et la même date.</source>
      <translation>{count} files have the same name and the same date.</translation>
    </message>
    <message>
      <source>{count} dossiers possibles</source>
      <translation>{count} possible files</translation>
    </message>
    <message>
      <source>{count} en retard</source>
      <translation>{count} overdue</translation>
    </message>
    <message>
      <source>{count} envoi à vérifier</source>
      <translation>{count} entry to check</translation>
    </message>
    <message>
      <source>{count} envois à vérifier</source>
      <translation>{count} entries to check</translation>
    </message>
    <message>
      <source>{count} essai</source>
      <translation>{count} try</translation>
    </message>
    <message>
      <source>{count} essais</source>
      <translation>{count} tries</translation>
    </message>
    <message>
      <source>{count} message</source>
      <translation>{count} message</translation>
    </message>
    <message>
      <source>{count} message vocal</source>
      <translation>{count} voicemail</translation>
    </message>
    <message>
      <source>{count} messages</source>
      <translation>{count} messages</translation>
    </message>
    <message>
      <source>{count} messages vocaux</source>
      <translation>{count} voicemails</translation>
    </message>
    <message>
      <source>{count} ouverte</source>
      <translation>{count} open</translation>
    </message>
    <message>
      <source>{count} ouvertes</source>
      <translation>{count} open</translation>
    </message>
    <message>
      <source>{count} proche est connu.</source>
      <translation>{count} relative is known.</translation>
    </message>
    <message>
      <source>{count} proches sont connus.</source>
      <translation>{count} relatives are known.</translation>
    </message>
    <message>
      <source>{count} promesse</source>
      <translation>{count} promise</translation>
    </message>
    <message>
      <source>{count} promesses</source>
      <translation>{count} promises</translation>
    </message>
    <message>
      <source>{count} rappels clos, injoignables</source>
      <translation>{count} call-backs closed, unreachable</translation>
    </message>
    <message>
      <source>{count} rappels confiés</source>
      <translation>{count} call-backs handed over</translation>
    </message>
    <message>
      <source>{count} rappels rendus</source>
      <translation>{count} call-backs given back</translation>
    </message>
    <message>
      <source>{count} rappels reportés</source>
      <translation>{count} call-backs postponed</translation>
    </message>
    <message>
      <source>{count} résultat</source>
      <translation>{count} result</translation>
    </message>
    <message>
      <source>{count} résultats</source>
      <translation>{count} results</translation>
    </message>
    <message>
      <source>{count} sur {all}</source>
      <translation>{count} of {all}</translation>
    </message>
    <message>
      <source>{count} touche lue</source>
      <translation>{count} key read</translation>
    </message>
    <message>
      <source>{count} touches lues</source>
      <translation>{count} keys read</translation>
    </message>
    <message>
      <source>{count} trou</source>
      <translation>{count} gap</translation>
    </message>
    <message>
      <source>{count} trous</source>
      <translation>{count} gaps</translation>
    </message>
    <message>
      <source>{count} à venir</source>
      <translation>{count} to come</translation>
    </message>
    <message>
      <source>{count} an</source>
      <translation>{count} year</translation>
    </message>
    <message>
      <source>{count} ans</source>
      <translation>{count} years</translation>
    </message>
    <message>
      <source>{count} appel reçu</source>
      <translation>{count} call received</translation>
    </message>
    <message>
      <source>{count} appels rattachés.</source>
      <translation>{count} calls linked.</translation>
    </message>
    <message>
      <source>{count} appels reçus</source>
      <translation>{count} calls received</translation>
    </message>
    <message>
      <source>{count} appels sans patient de ce numéro</source>
      <translation>{count} calls from this number, no patient</translation>
    </message>
    <message>
      <source>{count} connecté</source>
      <translation>{count} signed in</translation>
    </message>
    <message>
      <source>{count} connectés</source>
      <translation>{count} signed in</translation>
    </message>
    <message>
      <source>{count} en attente</source>
      <translation>{count} waiting</translation>
    </message>
    <message>
      <source>{count} files</source>
      <translation>{count} queues</translation>
    </message>
    <message>
      <source>{count} jour</source>
      <translation>{count} day</translation>
    </message>
    <message>
      <source>{count} jours</source>
      <translation>{count} days</translation>
    </message>
    <message>
      <source>{count} mois</source>
      <translation>{count} months</translation>
    </message>
    <message>
      <source>{count} mois</source>
      <comment>un seul</comment>
      <translation>{count} month</translation>
    </message>
    <message>
      <source>{count} patient possible</source>
      <translation>{count} possible patient</translation>
    </message>
    <message>
      <source>{count} patients possibles</source>
      <translation>{count} possible patients</translation>
    </message>
    <message>
      <source>{count} poste</source>
      <translation>{count} seat</translation>
    </message>
    <message>
      <source>{count} postes</source>
      <translation>{count} seats</translation>
    </message>
    <message>
      <source>{count} rappel en retard</source>
      <translation>{count} call-back overdue</translation>
    </message>
    <message>
      <source>{count} rappels en retard</source>
      <translation>{count} call-backs overdue</translation>
    </message>
    <message>
      <source>{count} saisie partira d’elle-même</source>
      <translation>{count} entry will be sent by itself</translation>
    </message>
    <message>
      <source>{count} saisies partiront d’elles-mêmes</source>
      <translation>{count} entries will be sent by themselves</translation>
    </message>
    <message>
      <source>{days} j</source>
      <translation>{days} d</translation>
    </message>
    <message>
      <source>{first} au {last}</source>
      <translation>{first} to {last}</translation>
    </message>
    <message>
      <source>{first} et {last}</source>
      <translation>{first} and {last}</translation>
    </message>
    <message>
      <source>{free} sur {seats}</source>
      <translation>{free} of {seats}</translation>
    </message>
    <message>
      <source>{hours} h {minutes}</source>
      <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
      <source>{hour} h</source>
      <translation>{hour}:00</translation>
    </message>
    <message>
      <source>{hour} h {minute}</source>
      <translation>{hour}:{minute}</translation>
    </message>
    <message>
      <source>{key} affiche aussitôt : {asked} puis le transfert accompagné vers le 15.</source>
      <translation>{key} shows at once: {asked} then the accompanied transfer to 15.</translation>
    </message>
    <message>
      <source>{messages} ({length})</source>
      <translation>{messages} ({length})</translation>
    </message>
    <message>
      <source>{minutes} min {seconds}</source>
      <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
      <source>{name} (conservé)</source>
      <translation>{name} (kept)</translation>
    </message>
    <message>
      <source>{name} (séparé)</source>
      <translation>{name} (parted)</translation>
    </message>
    <message>
      <source>{name} a ouvert un dossier protégé : {reason}</source>
      <translation>{name} opened a protected file: {reason}</translation>
    </message>
    <message>
      <source>{name} s’en occupe</source>
      <translation>{name} is on it</translation>
    </message>
    <message>
      <source>{name}, jusqu’à {time}</source>
      <translation>{name}, until {time}</translation>
    </message>
    <message>
      <source>{nth}&lt;sup&gt;e&lt;/sup&gt; contact en {days}</source>
      <translation>contact no. {nth} in {days}</translation>
    </message>
    <message>
      <source>{number}, {channel}, {day}, demandé : {source}</source>
      <translation>{number}, {channel}, {day}, asked: {source}</translation>
    </message>
    <message>
      <source>{part} sur {base}</source>
      <translation>{part} of {base}</translation>
    </message>
    <message>
      <source>{place}, fonction</source>
      <translation>{place}, function</translation>
    </message>
    <message>
      <source>{purpose}, {channel} : {choice}.</source>
      <translation>{purpose}, {channel}: {choice}.</translation>
    </message>
    <message>
      <source>{queue} : {state}</source>
      <translation>{queue}: {state}</translation>
    </message>
    <message>
      <source>{record}, IPP {ipp}</source>
      <translation>{record}, file number {ipp}</translation>
    </message>
    <message>
      <source>{same} traits sur {compared}</source>
      <translation>{same} traits out of {compared}</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{start} à {end}</source>
      <translation>{start}–{end}</translation>
    </message>
    <message>
      <source>{state}, {some} sur {all}</source>
      <translation>{state}, {some} of {all}</translation>
    </message>
    <message>
      <source>{status}, rappel {at}</source>
      <translation>{status}, call back {at}</translation>
    </message>
    <message>
      <source>{total}, dont {count} en {days} j</source>
      <translation>{total}, {count} of them in {days} d</translation>
    </message>
    <message>
      <source>{what}, avant {due}, par {owner}</source>
      <translation>{what}, due {due}, by {owner}</translation>
    </message>
    <message>
      <source>{why} Composez le {number}.</source>
      <translation>{why} Dial {number}.</translation>
    </message>
    <message>
      <source>{words} :</source>
      <translation>{words}:</translation>
    </message>
    <message>
      <source>« Lu » et « Fait » sont posés par le destinataire. À l’échéance, le message passe au suivant, puis au cadre.</source>
      <translation>“Read” and “Done” are set by the recipient. When due, the message passes to the next, then to the supervisor.</translation>
    </message>
    <message>
      <source>« Où êtes-vous ? Quel numéro pour vous rappeler ? »</source>
      <translation>“Where are you? What number can we call you back on?”</translation>
    </message>
    <message>
      <source>« Où êtes-vous ? Quel numéro pour vous rappeler ? » Puis transfert accompagné vers le 15. Sans réponse : « Raccrochez et faites le 15 ou le 112. » Sourd : 114 par SMS.</source>
      <translation>“Where are you? What number can we call you back on?” Then accompanied transfer to 15. No answer: “Hang up and dial 15 or 112.” Deaf: 114 by SMS.</translation>
    </message>
    <message>
      <source>« Quels sont vos nom de naissance, prénom et date de naissance ? »</source>
      <translation>“What are your birth name, first name and date of birth?”</translation>
    </message>
    <message>
      <source>« {text} »</source>
      <translation>“{text}”</translation>
    </message>
    <message>
      <source>À</source>
      <translation>At</translation>
    </message>
    <message>
      <source>À &amp;suivre</source>
      <translation>To &amp;settle</translation>
    </message>
    <message>
      <source>À choisir</source>
      <translation>To choose</translation>
    </message>
    <message>
      <source>À demander</source>
      <translation>To be asked</translation>
    </message>
    <message>
      <source>À demander, tel que dit.</source>
      <translation>To be asked, as it is said.</translation>
    </message>
    <message>
      <source>À demander.</source>
      <translation>To be asked.</translation>
    </message>
    <message>
      <source>À jour, {at}</source>
      <translation>Up to date, {at}</translation>
    </message>
    <message>
      <source>À la demande de la personne</source>
      <translation>At the person’s request</translation>
    </message>
    <message>
      <source>À lever si la personne le redemande, en disant par où et quand.</source>
      <translation>To be lifted if the person asks again, saying where and when.</translation>
    </message>
    <message>
      <source>À l’objectif</source>
      <translation>On target</translation>
    </message>
    <message>
      <source>À qualifier</source>
      <translation>To log</translation>
    </message>
    <message>
      <source>À rappeler</source>
      <translation>To call back</translation>
    </message>
    <message>
      <source>À rattacher, depuis la séparation de deux dossiers</source>
      <translation>To sort, since two records were parted</translation>
    </message>
    <message>
      <source>À regarder</source>
      <translation>To look at</translation>
    </message>
    <message>
      <source>À revoir</source>
      <translation>To be reviewed</translation>
    </message>
    <message>
      <source>À suivre</source>
      <translation>To settle</translation>
    </message>
    <message>
      <source>À tout moment, par un référent</source>
      <translation>At any time, by an identity lead</translation>
    </message>
    <message>
      <source>À venir</source>
      <translation>Coming up</translation>
    </message>
    <message>
      <source>À vérifier</source>
      <translation>To verify</translation>
    </message>
    <message>
      <source>À vérifier par vous</source>
      <translation>For you to check</translation>
    </message>
    <message>
      <source>À écouter</source>
      <translation>To listen to</translation>
    </message>
    <message>
      <source>Ça sonne</source>
      <translation>Ringing</translation>
    </message>
    <message>
      <source>Échap</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>Échéance</source>
      <translation>Due</translation>
    </message>
    <message>
      <source>Écouter</source>
      <translation>Listen</translation>
    </message>
    <message>
      <source>Écouter le message vocal</source>
      <translation>Listen to the voicemail</translation>
    </message>
    <message>
      <source>Écran discret</source>
      <translation>Discreet screen</translation>
    </message>
    <message>
      <source>Écran discret, verrouillage</source>
      <translation>Discreet screen, lock</translation>
    </message>
    <message>
      <source>Écran {number}, {width} × {height}{here}</source>
      <translation>Screen {number}, {width} × {height}{here}</translation>
    </message>
    <message>
      <source>Écrire</source>
      <translation>Write</translation>
    </message>
    <message>
      <source>Écrire une consigne</source>
      <translation>Write a note</translation>
    </message>
    <message>
      <source>Écrivez d’abord le nom, le prénom et la date de naissance.</source>
      <translation>First write the name, the first name and the date of birth.</translation>
    </message>
    <message>
      <source>Écrivez le nom et le prénom tels qu’ils sont dits.</source>
      <translation>Write the name and the first name as they are said.</translation>
    </message>
    <message>
      <source>Écrivez le nom, le prénom et la date de naissance entière.</source>
      <translation>Write the name, the first name and the whole birth date.</translation>
    </message>
    <message>
      <source>Épingler</source>
      <translation>Pin</translation>
    </message>
    <message>
      <source>Établissement</source>
      <translation>Hospital</translation>
    </message>
    <message>
      <source>État inconnu</source>
      <translation>State unknown</translation>
    </message>
    <message>
      <source>à la demande</source>
      <translation>on request</translation>
    </message>
    <message>
      <source>à l’heure</source>
      <translation>on time</translation>
    </message>
    <message>
      <source>à {name}</source>
      <translation>to {name}</translation>
    </message>
  </context>
</TS>
