package inbound

// optOut is free text that a reasonable person reads as "stop messaging"
// (IN-OPTOUT-02; 47 CFR 64.1200(a)(10)); the keywords are in keyword.go.
var optOut = family{label: OptOut, rule: "IN-OPTOUT-02", certain: `
text|message|bother|bug|contact ~1 someone_else|somebody_else|another_number
this_phone|this_number|nobody|my_phone ~2 dont|doesnt|never|not ~2 want ~2 @msg
can|could|will|would|why_dont ~1 you ~1 please? ~1 not text|message|contact|send|txt
dont|never|stop ~1 text|message|contact|send|texting|messaging|sending|contacting ~2 this_phone|this_number|this_cell|my_phone|me ~1 again|anymore|ever|any_more|period
not interested ~2 remove|delete|stop|take
3rd|third|last|second|2nd|4th|5th|final|fourth time|warning ~3 wrong|stop|telling|asking|remove
next text|message|one|call ~2 i|and|you|we|ill ~2 sue|report|block|lawyer|get_sued
please|pls|just|you|now stop|quit texting|messaging|spamming|sending !before|after|during|until|while|at
`, fire: `
stop|stpo|quit|cease|halt|discontinue|finish ~3 @contacting
stop|quit|end|cancel|halt|kill|no_more|cease|discontinue|block|terminate|enough|turn_off|shut_off|cut_off|disable|deactivate ~4 @msg
stop|quit ~1 sending|reaching|coming ~3 me|these|this|texts|messages|crap|stuff|shit|it|here|out|things|my
stop|quit ~1 text|message|contact|call|txt ~1 me|us|my|this|him|her|here|now|please|pls
stop|quit|cease contact*
dont|never|not|no ~3 @contact ~1 me|us|him|her|this_number|this_phone|here|again|anymore|no_more|ever|back
dont|never ~2 text|message|contact|dm ~3 again|anymore|ever|no_more|number|phone
dont ~1 text|message|spam|dm|contact $
dont|never|no ~2 send|sending|want|need|wish ~4 @msg
dont|never ~1 want|wish|care ~1 to ~1 hear|be_contacted|be_texted|be_messaged|receive|get|be_bothered|be_messaged|talk_to_you|be_on
dont want ~1 you|yall|these|any_more|anymore|this ~1 text*|messag*|contact*|anymore|stuff|crap|in_my
dont want anything from|more you
no more|mas ~2 @msg|contact|calls|texting|messaging|mensajes|textos|llamadas|mensaje|reminders|of_these|of_this|avisos
remove|delete|erase|scrub|scratch|drop|wipe|strike ~1 my|this|the|our ~1 number|phone|cell|name|digits|info|contact
remove|delete|take|get|pull|strike|scratch|leave|keep|drop|cross ~1 me|us|name|number|phone|this|it|cell|digits|info ~2 off|from|out|outta ~3 list*|text*|database|system|contacts|auto*|dialer|program|file|there|your|this|messag*|sms|records|here|these|distribution
remove|delete|drop|erase me|us
take|get|count|leave me|us off|out ~1 of|this|your|list|these|the|please|now|already $
take me off
lose|forget|toss|trash|ditch|burn|misplace my|this|the|dis number|digits|contact|phone
unsubscribe*|unsub|unsubbed|desuscrib*|desinscrib*|unsuscribe|unenroll|deregister
optout|opting_out|opted_out|opt_me_out|opt_us_out|opt_out_of|opt_my|optin_out
want|like|wish|need ~2 optout|to_be_removed|be_removed|off|to_be_taken|unsubscribed|to_be_unsubscribed|out $
want|like ~1 off|out ~2 list|texts|messages|these|this|campaign|thing
revoke|revoking|withdraw|withdrawing|rescind|rescinding|take_back|revoked|pull|pulling|retract|remove ~2 consent|permission|authorization|opt*
dont|no|never ~2 consent|permission|authorize* ~4 text*|messag*|contact*|call*|sms
dont ~1 have ~1 my|permission|consent ~1 permission|consent|to
dont consent|authorize
put|add|place ~2 me|number|my|us|this ~4 dont_call|dnc|dont_contact|dont_text|no_call|no_contact|suppression|dont|opt*
dont_call|dnc|dont_contact|dont_text|no_call list|registry
im|i|am|be|gonna|going_to|will ~1 blocking|block|blocked ~2 you|this|number|it|your|yall
blocked|blocking you|this|number|$
you|youre|ur|this_number|your_number ~1 are|is|getting|been ~1 blocked
cut|kill|end|drop the? ~1 texts|messages|texting
go|get away|lost|bye $
buzz_off|bug_off|beat_it|scram|get_lost|piss_off|fuck_off|screw_off|eff_off|f_off|shoo|fu|gtfo|stfu|fuck_you|kick_rocks|f_you|fuk_off|take_a_hike|bugger_off
leave|let ~1 phone|number|inbox alone|be
knock|cut it off|out !by|friday|monday|this|in|today|early|soon|on|quick|before|with|of
give it a_rest
tired|sick|done|fed_up|over ~1 of|with|getting|these|your ~2 @msg|texting|messaging
enough|plenty already|texts|messages|texting|messaging|of_this|of_these|with_the|with_these|please|is_enough
thats|its ~1 enough ~1 $
how|can|could ~4 stop|end|quit|unsubscribe|optout|get_off|get_out|turn_off|shut_off|make ~3 text*|messag*|these|this|list|getting|receiving|sms|notifications|stop|alerts
no_longer|dont_want_to|not ~1 want|wish|interested|like ~2 receive|receiving|get|getting|be ~2 text*|messag*|these|this|contacted|contact|sms|any|on_this|alerts
not interested ~1 in ~1 your|these|any|getting|receiving ~1 text*|messag*|sms
^^ not_interested ~1 $$
discontinue|cease|suspend|end|terminate ~2 sms|text*|messag*|communication*|correspondence|contact
stop|end|quit ~1 it|this|that|these|them|dis|already|please|pls|now|asap|immediately|at_once|plz|bro|man|lol|thanks|bothering|wasting $
^ please|just|ok|hey|yo|and|so|look|i_said|said|told_you_to|asked_you_to|told_you|then ~1 stop !by|at|the|my|payment|in|being|recording|charging|taking|all|worrying|pulling|debiting|withdrawing|automatic|auto|autopay|a|lying|over|paying|drafting|making|off|on|trying|working|with
please|plz|pls|just|really|must|should|better stop $
^ stop $
<!bus|non|cant|wont|dont|doesnt|didnt|to|never|last|next|truck|full|first|one|the|a|until|couldnt|and|not|no|pit|rest|wouldnt|non|gas|train|my|this|pls_dont|quick|can|stops|every|should stop $$
^^ stop or|before|because|already|please|now|immediately|i|im|this|it|you|thanks|thank|sir|maam|wrong|we|nobody|who|bro|lol|ok|no|for_real|never|dont|not|asap|harass*|bother*|leave
^ stop i|im|this|you|we
told|asked|tell|said ~4 stop|quit ~1 @contacting|sending|$
already|literally ~2 said|told|asked|texted ~3 stop|no
never|didnt ~2 sign|signed|agree*|opt*|consent*|give|gave|subscrib*|ask* ~4 this|these|text*|messag*|consent|permission|up
who gave ~4 my number
silence|mute ~2 text*|messag*|this|these
wish|need ~2 you ~2 stop|quit ~1 text*|messag*
text*|messag* ~2 unwanted|not_welcome|unwelcome|unsolicited|not_wanted
unwanted|unsolicited @msg
find|get|pick ~1 another|someone_else|a_different|different ~1 number|else|to_text|to_bother
no ~1 texting|messaging|texts|messages ~1 please|me|this|here|pls|anymore|thanks|thank|$
no|dont ~1 texts|text|messages|message|txt $
spam ~3 stop|reporting|report
reporting|report ~2 spam
make|get it|this|these|them ~1 stop|end|go_away
you_people|yall|you|u ~1 need|got ~1 to ~1 stop|quit ~3 text*|messag*|contact*|call*|hit*|send*|me
nobody wants ~3 @msg|this|these
alto|parar|basta|paren|parenle|parele $
no|nunca|jamas|ya_no ~2 me|nos ~2 @es_contact
no|ya_no|nunca ~1 @es_contact ~2 mas|nunca|mensajes|textos|a_este|otra_vez|aqui
dejen|deje|deja|dejenme|dejeme|paren|pare|parele|para|cesen|eviten|detengan ~1 de|con ~2 escrib*|mand*|envi*|molest*|texte*|llam*|contact*|mensaj*|fastid*|joder|chingar|acos*|textos|tantos|sus|los|estos|estar
no|ya_no ~1 quiero|deseo|quisiera|queremos|necesito ~3 mensaj*|texto*|recib*|que_me|que_nos|sms|saber_de|contact*|notificaciones|avisos|nada_de
quitenme|quiteme|quitame|saquenme|saqueme|sacame|borrenme|borreme|borrame|eliminenme|elimineme|eliminame|remuevanme|remuevame|retirenme
borr*|elimin*|quit*|saqu*|olviden|olvidense|remuev*|pierdan|pierda ~1 mi|este|el numero|telefono|nombre|celular
cancel*|deten*|paren|pare|parar|suspend* ~2 los|mis|estos|sus|la|esta mensajes|suscripcion|textos|sms|mensaje|notificaciones|avisos
de_baja|darme_de_baja|dar_de_baja
quitar*|sacar*|borrar*|eliminar* ~1 de|mi ~1 la|su|esta|numero ~1 lista|base|$
dejenme|dejeme|dejame|dejennos ~1 en_paz|tranquil*|quieto|ya
no ~1 molest*
basta|suficiente ~1 de|con|ya ~2 mensaj*|texto*|llamadas|molest*
por_favor|ya|favor_de paren|pare|basta|alto|parar|parenle
revoco|retiro|retirar|revocar ~2 consentimiento|permiso|autorizacion
no|nunca ~2 di|dado|autorice|autorizo|doy|acepto|acepte ~3 mensaj*|permiso|consentimiento|textos|escrib*
me|los ~1 bloque*|reportar
bloquear|bloqueo|bloqueare ~2 este|su|numero
stop ~2 mensaj*|texto*|de|ya|por_favor
largo de_aqui
larguense|vayanse ~1 de_aqui|$
`, unless: `
go|get|got|getting|going|be ~1 away ~2 for|on|this|next|with|to|from_work|weekend
stop and ~1 get|grab|think|eat|rest|check|pick|buy|see
stop for|to_get|to_eat|to_pick
one|more|my|their|your|same|nearest|another|which|your|metro|uber|tram|shuttle stop
thats|its ~1 enough <q>
hope|think|if ~2 thats|its ~1 enough
no ~1 es|me? ~1 molestia|molesta
me ~1 bloque* ~3 tarjeta|cuenta|telefono|cel|app|banco|usuario|acceso
card|bank|account|payment|popup|popups|road|street|traffic|driveway|nose|website|site|page|link ~3 blocked
a|one|two block|blocks
voy|sin|de|a ~1 parar
take|took|taking|get ~1 it|this|money ~1 out ~2 on|of|this|friday
stop|correct|interrupt me if|when
is|am|are|account ~3 unsubscribed ~3 <q>
unsubscribed from paperless
when|does ~6 stop|end|cease <q>
stop|stopped|stopping|stops by|in|at|over|off|to|light|sign|short|smoking|drinking|buying|eating|traffic|shopping
bus|non|truck|pit|full|rest|gas|train|whistle|last|next|first|one|metro|quick|subway|trolley|short stop|stops
dont|never|cant|wont|didnt|please_dont ~1 stop|quit|cancel|end|unsubscribe|optout|remove ~6 plan|payment*|autopay|texts|texting|messages|sending|the|my|me|it|now
dont|cant|wont|doesnt|didnt|never stop|quit
stop|end|cancel|quit|halt|suspend|turn_off|shut_off|cease|discontinue|kill|no_more ~4 autopay|automatic*|debit*|ach|draft*|withdraw*|withdrawal*|deduct*|recurring|charge|charges|charging|payment|payments|fee|fees|interest|reporting|recording|taping|pulling|taking|garnish*|plan|drafts
stop|end|quit|cancel|remove ~2 recording|recordings|taping|transcri*|letters|mailing|mail|mailings|emailing|emails|email|paper|lying|working|paying|worrying|making
if|when|once|until|will|would|does|do|should ~3 stop|unsubscribe|optout|end|cancel|quit <q>
if ~4 stop|unsubscribe|optout|quit ~6 can|do|will|would|does|are <q>
dont|never|no|not|stop|quit|pls_dont|cant|wouldnt|no_me|nunca ~4 @contact|@contacting|@es_contact|me ~4 @when|#|so_early|this_early|this_late|at_work|at_home|at_my_job|at_night|on_my_break|en_el_trabajo|al_trabajo|right_now|de_noche|a_esta_hora|a_estas_horas
dont|never|no|not|stop|quit|cant|do_not|please ~3 @contact|@contacting ~4 landline|home_phone|house|work|job|office|email|e|voice|school|letters|letter|voicemail|voicemails|boss|employer|fax|landlord|neighbor
dont|stop|quit|no ~1 mail|email|mailing|emailing|letters|emails ~5
dont|no ~1 need|want|have ~2 to ~2 call|text|message|email|write|worry
dont ~3 call|text|message|write ~2 back ~1 until|yet|right_away
dont|didnt|havent|never|not|cant|couldnt ~1 get|got|receive|received|see|open|read|delete|find|recibi|recibo|have|lose ~5 text|texts|message|messages|letter|it|link|number|notifications
never|didnt|wasnt ~1 got|get|received|receive|seen|saw
dont mind|hesitate ~8
no ~1 me ~1 llego|llegan|llegaron|llega ~4
can|may|should|please|could ~1 you ~1 text|message|send ~5
send|text|message ~3 instead|anytime|again|later|tomorrow
remove|delete|take|drop|off|cancel ~3 card|bank|debit|fee|fees|late|charge|charges|interest|credit|report|old|collections|collection
revoke|withdraw|rescind|revoking|authorization|authorize|consent|permission|autorizacion|permiso|revoco|retiro ~6 debit*|ach|payment*|withdraw*|draft*|autopay|bank|charge*|card|pull|debitos|pagos|cobros|banco|recor*|grab*|tape
debit*|ach|payment*|draft*|autopay|bank|recording|record ~3 consent|permission|authorization
parar|paro|pasar|alto ~1 en|a|por|la
costo|precio|interes|pago|muy|mas|tan|demasiado alto
end|ends|ended|ending|end_date|year_end|weekend of|on|date|in
no ~1 quiero|deseo que ~2 cancel*|par*|quit* ~4 plan|pago*
no ~1 me|te|se ~1 cancel*|quit* ~3 plan|pago*|oferta
do|does|will|is|are|can|if ~6 unsubscribe|optout ~6 letters|letter|mail|paper|emails|email
cancel|stop|end ~1 order|appointment|membership|subscription|service
get|getting|take|taking|took ~2 off|out ~1 work|shift|at|early|loan
want|need|get|working|wait ~2 out ~1 of|$ ~2 debt|loan|this_debt|hole
enough|not_enough ~1 money|to|for|left|hours|funds
block|blocked ~3 payment|card|account|transaction|bank|by_my_bank|charge
number|phone|cel ~3 blocked|disconnected
`}

// optIn is consent given anew in free words. It is narrow: doubt means no.
var optIn = family{label: OptIn, rule: "IN-START-01", fire: `
you|yall can|may|could|are_allowed_to|have_permission_to|are_free_to ~1 text|message|start ~2 me ~2 again|anymore
start|resume|begin ~1 texting|messaging|sending|the_texts|texts|messages ~3 again|me_again|back|texts
opt|sign|put|add me back ~1 in|up|on|to
resubscribe|unstop|unsubscribe_undo|re_subscribe|undo_stop|unblock_me
want|like|wish ~2 texts|messages|to_receive_texts|to_get_texts|to_get_messages ~2 again|back
text|message me again ~2 $
changed ~1 mind ~4 text|message
turn ~2 texts|messages back on
pueden|puede volver a escrib*|mandar*|enviar*|contact*
quiero|deseo volver a recibir
optin|opt_me_in|opt_back_in
vuelvan|vuelva a mandar*|escribir*|enviar*
`, unless: `
dont|never|not|stop|no|if|wont|cant ~4 again|back|optin|resubscribe
`}

// cease is a demand to end all contact, in writing on a medium we accept
// (IN-CEASE-01; 12 CFR 1006.6(c)).
var cease = family{label: CeaseContact, rule: "IN-CEASE-01", certain: `
dont|never|stop ~2 contact|contacting|call|communicate ~2 me|us ~1 again|ever|anymore|in_any|by_any|at_all|for_any|any_further
contact me ~1 again|anymore|ever ~1 by|in|$
cease|stop|end ~1 all|any|further ~1 communication|communications|contact|correspondence
`, fire: `
cease ~1 and|all|any|further|communication*|contact*|collection|desist
cease|stop|end|discontinue|terminate|halt|refrain|no|quit ~3 all|any|further|every|total|more|additional ~3 communicat*|contact*|correspondence|collection*|attempts
stop|quit|cease|discontinue|end ~1 all contact*|communicat*|calls_and|of_it|calls|forms
stop|quit|cease|end ~1 communicat*|correspond*|contacting|contact
refrain ~2 contact*|communicat*|further|from
desist
1692c*|1006.6 ~8 stop|cease|contact|communicat*|notice
stop|cease|contact|communicat*|demand|request ~12 1692c*|1006.6
leave|let me|us|my_family|him|her alone|be
leave us|me tf|the alone
dont|never|not|nobody|quit|stop ~4 contact|communicate|reach_out|bother|come_near|speak|reach|harass|contacting|communicating|bothering|harassing|hear_from ~3 again|anymore|ever|in_any|any_way|at_all|whatsoever|any_form|by_any|through_any|further|for_any|any_more
never ~2 contact|bother|message|call|text|write|reach_out|speak|talk ~3 again|ever
dont|never ~1 ever ~1 contact|call|text|message|write|reach|bother|speak|talk|come
dont ~2 contact|bother|communicate_with|reach_out_to|harass ~1 me|us|my_family
dont|never ~1 want|wish|need|care ~1 to ~1 hear|be_contacted|talk_to_you|speak_to_you|deal ~2 from|with|by|again|you|anymore
dont want ~1 anything ~1 to_do|from ~2 you|yall
dont|no want ~1 you ~1 contacting|calling|to_contact|to_call|reaching ~3 me|anymore|again
no|zero ~1 further|more|additional ~1 contact*|communicat*|correspondence
want|demand|request|require|expect ~2 no|zero ~1 contact|communication|further
nobody|none ~6 reach|contact|call|bother|text|speak ~4 again|anymore|me|ever
no_contact|go_away_forever|get_out_of_my_life|stay_away_from_me|out_of_my_life|stay_out_of
go away|pound_sand
never|dont ~2 want|need|wish ~2 hear|see ~2 from|of you|yall|this_company|your
lose|forget|delete|erase ~2 everything|that_i_exist|i_exist|my_name|all_my
this|consider_this|here_is|hereby|formal|written|official ~4 notice|letter|request|demand ~4 cease|stop|no_contact|not_contact|contact
do_not_contact|dont_contact ~2 me|us|$|by|in|again
end|stop|cut|sever ~1 all ~1 contact|ties|communication
please|just|kindly stop|quit|cease contacting|all_contact|bothering|harassing|harrassing
stop|quit|cease bothering|harassing|harrassing|hounding|pestering|stalking ~1 me|us|my|$
done talking|communicating|dealing|with_you|with_yall
cut me|us loose
fuck_off|f_off|piss_off|screw_off|eff_off|fuk_off|get_lost|kick_rocks|gtfo|beat_it|buzz_off
cesen|cese|cesar|suspendan|terminen|ces* ~2 toda|todo|todos|cualquier|la ~2 comunicacion*|contacto|intento*|mensajes|correspondencia
no|nunca|jamas|ya_no ~4 comuni*|contact*|busquen|hablen|molest*|acosen ~3 nunca|jamas|mas|otra_vez|conmigo|ningun*|de_nuevo|me|a_mi
no|nunca|ya_no ~1 me|nos ~1 contact*|molesten|moleste|molestes|molestando|molestar|busqu*|acos*|vuelvan|vuelvas
no ~1 vuelv* a contact*|llamar*|escrib*|molest*|buscar*|comuni*|marcar*|mandar*|hablar*
no|ya_no ~1 quiero|deseo ~2 saber|contacto|comunic*|que_me_contact*|que_me_busquen|que_se_comuni*|tener|hablar|recibir_mas ~3 nada|ustedes|contacto|mas|mi|conmigo|$
dejenme|dejeme|dejame|dejennos|dejen|deje ~1 en_paz|tranquil*|de_molest*|de_acos*|de_contact*|de_fastid*|de_buscar*|de_chingar|quieto|de_joder
ningun|ninguna|cero ~1 contacto|comunicacion
paren|alto|basta ~1 de|a ~2 acos*|molest*|toda|contact*|comunic*
`, unless: `
let me be clear|honest|real|sure|the|done|straight|frank|upfront|more|on|a|late|there|your
login|password|code ~2 attempts
no ~1 me ~1 molesta
dont|never|no|not|stop ~5 @contact|@contacting|@es_contact ~5 @when|at_work|at_home|here_at|my_work|my_job|landline|email|voice|letters|letter|mail|by_phone|on_my_break|about_my_ex|trabajo
does|will|would|when|if ~5 cease|end|stop|desist <q>
if ~5 cease|desist
fee|fees|interest|late ~2 cease|stop|end
leave me|us a|the|your|an voicemail|message|number|note|link
leave|let me|it|us be ~1 able
dont|not|didnt ~1 want|need|mean|have ~2 to ~1 bother|harass|deal ~3 lawyer|attorney|court|bank|you_guys_again_lol
dont|never ~1 hesitate
if|when|unless|until|before|till ~5 contact|reach|call|text|hear
no|had_no|havent_had ~1 contact from|with|info*|number|person ~4 old|other|previous|before|bank|them
not|never|didnt|havent|hadnt ~1 been|get|got|was|received|heard|had ~3 contacted|contact|communication|from|reached
no|not ~1 contact* ~3 until|before|till
no_contact|no_further ~1 order|jacket
no_me|no_nos ~1 dejen|dejes|deje ~3 sin|solo|sola
no ~2 contact*|comuni* ~4 antes|despues|hasta|cuando|domingo*|en_el_trabajo|lunes|trabajo
stop|quit contact* ~4 my_work|my_job|my_boss|references|by_mail|by_phone|by_email|at_work
go away ~2 on|for|soon|after|if|when
make|does|will|can|want|wish|would ~4 go away
`}
