package inbound

// humanRequest asks for a person (IN-HUMAN-01).
var humanRequest = family{label: RequestHuman, rule: "IN-HUMAN-01", certain: `
have|let|get|need|want ~2 someone|person|human|agent|rep|representative|manager|supervisor ~2 call|phone|ring|contact ~1 me|us|back
hay|there|is ~2 alguien|persona ~2 que ~1 hable|habla
`, fire: `
^^ representitive|representitve|rep|reps|representant ~3 $$
^^ hi|hello|please|pls|um|uh|ok|no|just|real|live|actual|speak|talk|get|need|want? ~1 human|agent|person|representative|rep|operator|supervisor|manager|representitive|agente|persona|humano|operador|operadora|supervisor|gerente|representante|asesor|someone|csr|associate|oficial|agnet|reps|agents|humans ~2 please|pls|plz|now|thanks|por_favor|asap|$ ~1 $$
^^ human|agent|representative|operator|supervisor|agente|operadora|operador|representante|asesor ~3 $$
speak|talk|chat|spk|text|connect|transfer|connected|transferred|speaking|talking|escalate|escalated|put_through|put_me_through|patch|pass|forward|route|switch|hand|handed|get|reach|send|give|message|communicate|deal|bring|call|have|handed_over|converse|swap|direct ~5 @human|someone_else|real|live|actual|department|anyone|somebody_real|somebody|another_person|manager|higher_up|boss|your_boss|team_lead|office|customer_service|customer_support|staff|member|team|humans|people ~2 !else_to_pay
want|need|like|prefer|wanna|rather|demand|require|looking_for|request|requesting|asking_for|insist ~5 human|agent|representative|rep|live_person|operator|supervisor|manager|real_person|actual_person|person|human_being|live_agent|someone_real|callback|call_back|a_call|real_people|phone_call|breathing|real_human|customer_service
is|are|can|could|may|any|there|do_you_have|does ~4 @human|anyone|somebody|humans|real_person ~4 speak|talk|call|available|help|there|i_can|assist|on_duty|reach|to_speak|to_talk|chat|who_can|take_over|please|around
can|could|may|would|please|will|have|get|let ~3 someone|person|human|agent|rep|representative|manager|supervisor|anyone|somebody|people|specialist|department|staff ~2 call|phone|contact|reach_out|help|get_back|talk_to|text|ring|give_me_a_call|reach|speak|assist ~2 me|us|back|instead|this|asap|to
real|live|actual|breathing|living ~1 person|human|agent|people|rep|representative|someone|voice|operator|body|man|woman
let ~1 me ~2 speak|talk ~3 !options|plan
speak|talk|text|chat|get ~2 to|with|hold_of ~3 in_charge|charge|higher|above_you|responsible|authority
transfer|connect|escalate|patch ~1 me|us|this|through|my_call|the_call
escalate
call ~1 me ~2 back? ~1 please|pls|$
give ~1 me ~2 call|a_call|a_ring
call_me|callback|call_back
who|how ~3 can|do|to|could ~2 i ~2 talk|speak|call|reach|contact|get_hold|get_ahold|get_a ~3 $
phone ~1 number ~4 call|speak|talk|reach
no ~1 more|no|tired_of|dont_want|hate|sick_of|stop_with_the|done_with|not|enough_of|quit_with_the|done_talking_to|wont_talk_to|rather_not_talk_to|cant_stand|enough_with ~3 bot|bots|robot|robots|ai|machine|automated|computer|chatbot|automation|robo
someone ~1 with ~2 authority|a_pulse|pulse|brain|power
anyone|anybody|someone|somebody ~1 there|real|human|alive|home
manager|supervisor ~2 please|now|pls|on_the_phone|there|$
customer ~1 service|support|care ~2 please|rep|number|phone|agent|$
hablar|comunic*|pase*|pasame|paseme|conect*|transfier*|transfer*|pongame|comunicame|comuniqueme|quiero|necesito|deseo|quisiera|prefiero|puedo|puede|pueden|llame|pasen|pasenme|atienda|contacten|ponme|dame|deme ~5 persona|agente|humano|alguien|representante|supervisor|supervisora|gerente|operador|operadora|asesor|asesora|encargado|encargada|ejecutivo|ser_humano|licenciado_que|persona_real|una_persona
persona|agente|humano|ser_humano ~1 real|de_verdad|por_favor|de_carne_y_hueso|viva|vivo
que ~2 alguien ~2 me|nos ~2 llam*|contact*|marqu*|ayud*|atiend*
alguien ~3 llam*|marc*|habl*|contact*|atiend*|ayud* ~2
no ~1 quiero ~2 hablar ~2 con ~2 robot|maquina|bot|computadora
me ~2 pueden|puede|podrian ~2 llamar|marcar
llamenme|llameme|marquenme|llamame
atencion_al_cliente|servicio_al_cliente
`, unless: `
i|ill|gonna|let_me|going_to|gotta|need_to|have_to|on_my_way ~2 call|get|go|text|reach ~4 office|boss|team|staff|someone_to
have|got|has|having|get ~1 someone|people|somebody|staff|team ~2 over|coming|here|at|to_pay|meeting
my|the|a|at|on computer|laptop
me puede|pueden|podria llamar|marcar|escribir|mandar ~1 al|a|el|cuando|despues|manana|en
is|are ava|angela|this|it|you ~2 real person
anyone|someone|somebody ~2 who ~1 speaks
i|already|just|ive|we|yesterday ~3 talked|spoke|chatted|spoken ~3 @human ~3
someone|somebody|person|agent|rep|representative|lady|guy|man|@human ~3 called|told|said|set|already|texted|helped|emailed|was|took
only|just|im|am ~1 human|only_human
human ~1 error|resources|nature|rights|kindness|mistake
estate|insurance|travel|free|rental|leasing|bail|sports|ticket|booking|cleaning|my ~1 agent|agents|representative
my|our|his|her|the_store|mi ~1 manager|supervisor|boss|agent|gerente|jefe|supervisor_at
supervise|manage
are|is|am|eres|es|estoy|r|was|were|si ~3 you|this|it|talking|speaking|i|usted|u|hablando|una|un ~4 @human|real|live|robot|bot|ai|machine|persona|humano|agente <q>
robot|bot|ai|machine|computer or|o person|human|persona|humano|agent
persona|human|person|humano or|o robot|maquina|bot|machine|ai
prove|proof ~4 human|real|person|not_a_robot
dont|do_not|not|never|no_me|nunca|dejen ~2 call|calling|want|need|talk|speak|transfer|like|llam* ~5
stop|quit ~1 calling ~3
si ~1 me ~1 puede|pueden
call ~1 me whenever|anytime
no ~1 need|thanks|necesito ~6
call ~2 me ~2 back? ~2 at_work|at|on|anytime|after|before|when|later|tomorrow|around|between|a|names|crazy|old|maybe|stupid|out|in
you ~1 can|may|could ~2 call
text_me ~2 not_call
talk|speak ~1 to ~1 me|you|us ~2 about|like|later|soon
talk|speak|check|talking|spoke|talked ~2 with|to ~2 my|mi ~2
have|let ~1 me ~2 talk ~2 my
is|are ~2 there ~3 someone|anyone|person ~4 else_xx ~4 owe
who ~1 can ~1 i ~2 pay
per person
in person
person ~1 who|that|you_want|named|of|i_talked|died|dead|texting|like|has_the|on_the_letter
wrong|different|that|dead|first|last|another|right|such|same|third|other|no|not ~1 person
transfer ~2 money|funds|balance|the_balance|from|it|payment
send|give|get|pass ~2 someone|person|people ~3 money|letter|payment
call ~1 it ~1 done|even|a_deal|quits
can ~1 someone|i|you ~3 pay|settle
equivocad* persona
persona ~1 equivocada|que_busca*|incorrecta
someone ~1 else|with_my|used|opened|stole
`}

// botQuery asks whether we are a machine (IN-BOT-01).
var botQuery = family{label: BotQuery, rule: "IN-BOT-01", fire: `
are|is|am|r|u|you|this|was|were|ru|it|yall|youre|talking|speaking|chatting|dealing|texting|with|to|or|a|an|the|like|some|been|not|just|sound|sounds|definitely|must_be|probably|actual|real ~4 bot|robot|ai|computer|automated|machine|chatbot|a_i|chatgpt|gpt|algorithm|artificial|llm|siri|alexa|robo|program|cyborg|bots|robots|software|script|autoreply|auto_reply|auto_response|autobot|android|claude|gemini|copilot|openai|artificial_intelligence|language_model|virtual_assistant|auto_generated|prerecorded|generated
are|is|am|r|ru|u_a|you ~3 real|human|person|actual_person|live|alive|a_person|real_person|human_being|actual|a_human|living ~3 <q>
r|are u|you|ya ~1 human|real|person|bot|robot|ai|a_real|even_human|even_real|alive
am|is|was|were|are ~2 i ~2 talking|speaking|chatting|texting|typing|dealing|messaging ~2 with|to ~3 human|person|real|bot|robot|ai|machine|computer|someone|somebody|anyone
human|person|real|people or|o ~1 a? ~1 bot|robot|machine|ai|computer|automated|fake|not|maquina|program
bot|robot|machine|ai|computer|maquina or|o ~1 a? ~1 human|person|real|people|persona|humano|what
prove|proof ~3 youre|you_are|your|that_you|ur|you ~3 human|real|person|not|robot|bot
who|what ~1 am ~1 i ~1 talking|speaking|texting ~3 machine|bot|robot|computer|human|person|robot_or
what ~2 model|llm|version|ai|language_model ~3 you|this|running|use|are
human|person|robot|bot|machine|somebody ~1 wrote|write|typed|type|sent|sending|answering|typing ~3 <q>
what ~1 are ~1 you ~1 $
who|what ~1 am ~1 i ~1 really? ~1 talking|speaking|texting|chatting ~2 $
do ~1 you ~2 have ~3 feelings|a_pulse|soul|body|heartbeat|name_or
sound|sounds|talk|type|write|reply|respond|seem|acting ~3 like ~3 bot|robot|chatgpt|ai|machine|computer|script|automated|siri|recording
do|did|does ~3 human|person|real_person|robot|bot|machine ~3 read|write|type|reply|see|wrote|answer|respond|typing
captcha|turing
is|are ~2 anyone|anybody|someone|somebody|person|human|a_human|a_person ~3 real|reading|actually|typing|there|behind|on_the_other_end|responding
bot|robot|ai|chatbot|machine|automated ~2 <q>
^^ bot|robot|ai|human|real|automated|chatbot|robot_huh ~1 <q>
are|is ~3 this|these ~3 automated|auto|automatic|robo|bot|ai_generated|generated ~3
eres|es|sos|usted|hablando|hablo|esto|estoy|estas|contesta|contestando|responde|son|hay|tu ~5 robot|bot|maquina|persona|humano|ia|real|computadora|inteligencia_artificial|automatico|automatizado|humana|persona_real|contestadora|programa|chatbot|chatgpt
robot|maquina|bot|persona|humano o ~1 una? ~1 persona|humano|robot|maquina|bot|que
eso|esto ~3 automatico|robot|maquina
`, unless: `
wifes|sons|kids|school|library|home|husbands|at_a|on_a|on_the|at_the|from_the|from_a|from_my|on_my|at_my ~1 computer|software|machine|program
an|have|on|use|using android
what|which state|city|town|country|time_zone are you
de|para|con otra persona
is|es de otra
is|are ~2 this|it|that|these|there ~2 a|an|the ~1 real ~1 offer|deal|discount|company|number|debt|bill|thing|business|settlement
es ~1 real ~2 descuento|oferta|este|esta|la
auto|autopay ~2 bot
automated|automatic|auto|automatico ~2 payment|payments|pay|debit|withdrawal|draft|pago|debits|deposit|billing
robot ~1 vacuum|lawn|toy
captcha
real ~1 talk|quick|estate|id|soon|world|offer|deal|discount|problem|life|name
for|be|get|keep|its|keeping ~1 real ~1
is|are this|it|that|offer for? real $
i|im|am ~1 only|just|also ~1 human|a_person
im ~1 not ~1 robot|a_robot|made_of|a_machine|bot
i|want|need|get|talk|speak|give|transfer|connect|please|like|prefer|quiero|necesito|hablar|let_me|rather|can_i ~4 real|human|person|agent|live|persona|humano|agente
ai ~1 class|stocks|startup|job
took_my_job|replaced_by ~3
ai|robots|computer ~3 took|replaced|laid
my|mi|work|new|on_a|the|old|from_my|by|a ~1 computer|laptop|machine|software|computadora|maquina|program ~2 crash*|broke|is|at|died|job|work|not|shop|store|science|system
washing|vending|atm|sewing|slot ~1 machine
payment|debt|relief|assistance|hardship|discount ~1 program
a|the|your|this|any ~1 program ~2 for|that|to|you_have|can
program ~2 for|that|to_help
`}

// language asks for another language or an interpreter (IN-LANG-01).
var language = family{label: LanguageRequest, rule: "IN-LANG-01", fire: `
spanish|espanol|vietnamese|chinese|mandarin|cantonese|korean|russian|arabic|portuguese|french|creole|tagalog|polish|hindi|urdu|farsi|somali|amharic|haitian|japanese|punjabi|hmong|nepali|burmese|swahili|italian|german|ukrainian|armenian|khmer|thai|bengali|asl|sign_language|kreyol|ingles|idioma|portugues|frances|castellano ~4 please|pls|speaker|speaking|version|only|available|interpreter|translator|por_favor|porfa|representative|rep|agent|person|someone|letter|form|copy|$|better|instead|tienen|thanks|hablo|prefiero|plz|notice|translation|speak|porfavor|is_my
speak|speaks|speaking|talk|write|have|someone|anyone|anybody|in|need|want|prefer|que_hable|habla|hablan|hablas|en|hable|text|send|send_it|reply|understand|native|communicate|can_i_get|get|only|interpreter|translator|switch_to|continue_in|do_this_in|do_you ~3 spanish|espanol|vietnamese|chinese|mandarin|cantonese|korean|russian|arabic|portuguese|french|creole|tagalog|polish|hindi|urdu|farsi|somali|amharic|haitian|japanese|punjabi|hmong|nepali|burmese|swahili|italian|german|ukrainian|armenian|khmer|thai|bengali|asl|sign_language|kreyol|my_language|otro_idioma|mi_idioma|portugues|frances|castellano|another_language|a_different_language|other_language|other_languages|native_language
mi|mal|poco|poquito|muy ~2 ingles ~2 malo|mal|poco|poquito|basico|no|limitado|$
no|not|dont|little|cant|poor|bad|doesnt|isnt|limited|barely|broken|sorry|very_little|few|hardly|weak|learning|my|good|dosent ~4 english|inglish|englsh|ingles|ingels
english|ingles|inglish ~3 not|no|bad|poor|isnt|limited|second_language|second|little|my_first|very_good|so_good|weak|is_hard|hard|not_good|no_good|poquito|muy_poco
interpreter|translator|translate|translation|traductor|traductora|interprete|traduccion|traducir|traduzca|traducido|interpretor
no ~1 hablo|entiendo|se|comprendo|leo|hablamos|ablo|escribo|puedo_leer|domino ~2 ingles|english|lo_que_dice|nada|bien|bien_ingles|este_idioma|$
en|in espanol|spanish|espanhol|castellano
habla*|ablan|abla|hablas|hay ~3 espanol|castellano|creole|frances|portugues
solo|solamente|nada_mas ~2 espanol
puede|pueden|podria|podrian|me ~3 en ~2 espanol
no ~1 entiendo ~1 $
no|non|nao|je ~2 falo|parle|parla|hablo ~3 ingles|anglais|inglese
parlez|parle|francais|fala|falo|portugues|parli|italiano|sprechen|deutsch|parla|govorite|mluvite|alguem|falam|anglais|koreano|kreyol|pale ~3
tieng viet|anh
`, unless: `
pardon ~1 my french
i|who|she|he|wife|kids|my ~2 teach|study|learn|learning|teaches|took|taking ~2 spanish|french|german|chinese|italian ~4
i|we ~2 speak|understand|read|hablo|entiendo ~3 english|ingles ~2 fine|well|good|bien|too|perfectly|just_fine
watch|mind ~1 your language
language ~3 app|written|programming|in_the_contract|of_the_agreement|on_the_form|contract
is|are|was ~3 letter|form|site|document ~3 english <q>
plain|simple|in ~1 english ~2 what|please|words|lol|means|mean
^ speak english
translation ~1 i|pay|im|you
french ~1 fries|toast|open
chinese|italian|mexican|thai|indian|korean|japanese ~1 food|restaurant|takeout|place|class
spanish ~1 class|test|teacher|rice|omelette
dont|not ~2 need|want|necesito ~3 translator|interpreter|spanish|translation|espanol
german ~1 shepherd|car|chocolate
no ~1 entiendo ~3 por_que|porque|el_cargo|el_interes|los_intereses|cargo|plan|oferta|mi_saldo|saldo|monto|cobro|que_me_cobran|la_deuda
polish ~1 my|off|it|nail|nails
nail|shoe polish
`}
