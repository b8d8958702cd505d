package inbound

// inconvenientTime is a time at which the person does not want to be reached, or
// cannot talk now (IN-TIME-01; 12 CFR 1006.6(b)(1)).
var inconvenientTime = family{label: InconvenientTime, rule: "IN-TIME-01", fire: `
only|just|can_only|best|better|prefer|try|wait ~3 @contact|@contacting|calls|texts ~5 before|after|between|around|past|from_#|early|late|during|until|late_at_night|at_night|in_the
dont|never|not|no|stop|quit|cant|please_dont|only|can_only ~3 @contact|@contacting|contacts|calls|texts|messages|me|bother|reach|msg ~5 before|after|during|until|till|while|when|between|on_my|in_the|past|so_early|so_late|this_early|this_late|at_night|at_dinner|at_#|late_at_night|early|late|at_this_hour|at_this_time|at_that_time|from_#|around
dont|never|not|no|stop|quit|cant ~4 @contact|@contacting|contacts|calls|texts|messages ~4 @days
only|just|prefer|best|better ~2 @contact|available|reachable|free|talk|reach|evenings|mornings|nights|weekends|weekdays|after|before|between|on ~4 @days|after|before|between|evenings|evening|mornings|morning|weekends|weekdays|lunch|night|nights|#
only ~1 after|before|between|evenings|mornings|weekends|weekdays|nights ~1
only|just ~1 on|in_the ~1 @days|evening|evenings|morning|mornings|afternoon|afternoons
only weekends|weekdays|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|mornings|evenings
@days only $
time only @days
never|not|no|dont ~1 on|before|after|during|at|in_the|until|till|past|between ~2 @days|#|noon|dinner|lunch|midnight|shabbat|sabbath|ramadan|church|class|morning|mornings|night|work_hours|business_hours|shift|school|evenings|easter|christmas|holidays|the_holidays|nap|naptime|bedtime|shabbos|mass|games
@days ~2 no_good|not_good|are_off|off_limits|dont_work|doesnt_work|are_bad|is_bad|are_no|is_my_sabbath|are_family|are_out|is_out|wont_work|no_bueno
call|text|message|contact|reach|try|hit|phone|ring ~2 me|back|again|us ~3 after|later|tomorrow|another|tonight|when|once|in_the|around|between|at_#|on|some_other|before|next|in_an|in_a|in_#|different_time
call|text|try|hit_me ~1 me|back ~2 later
call|text ~5 after|before|between|around ~1 #|noon|lunch|work|five|six|dinner
bad|terrible|awful|horrible|worst|inconvenient|inappropriate|poor|not_a_good|not_good|not_the_best|wrong|not_an_ideal|not_a_great|not_the_time|worse ~2 time|timing|moment|hour
time|timing|hour|moment ~2 isnt|is_not|is|not ~2 bad|good|inconvenient|terrible|awful|convenient|worst|great
cant|cannot|not_able|unable|no_puedo|wont ~2 talk|speak|chat|text|answer|respond|do_this|take_calls|take_this|pick_up|reply ~3 now|right_now|at_the_moment|rn|atm|here|today|currently|this_moment|until|till|till_later|while|im|im_at|im_in|this_second|sorry|later|$
feeding|bathing|nursing|cooking|praying|showering|eating ~3 later|now|call|text|busy|rn|right_now
cant now|rn|talk|right_now
not ~1 right_now|now|rn|atm|a_good_time|the_time ~2 $
busy ~2 right_now|now|at_the_moment|rn|today|call|text|later|$|cant|try|atm|with|this|until
im|i_am ~2 busy|tied_up|slammed|swamped|occupied|unavailable
driving|im_driving|manejando|conduciendo|behind_the_wheel|on_the_road|on_the_highway|on_the_freeway
in|at ~2 meeting|meetings|interview|exam|surgery|appointment|class|labor|shower|conference|dentist|doctors|movie|theater|movies|delivery_room|middle|reunion|junta|recital|graduation|wedding|haircut|session|lecture
middle ~1 of
sleeping|asleep|in_bed|napping|woke_me|wake_me|waking|woke|wake_up|trying_to_sleep|need_sleep|my_sleep|woken|wakes|woke_up
work|working|im_on|i_do ~2 nights|night_shift|graveyard|third_shift|overnights|overnight|3rd_shift|night|late_shift|second_shift|graveyards|swing_shift|12_hour|doubles|mids
night_shift|graveyard_shift|sleep_days|sleep_during|day_sleeper|third_shift|3rd_shift|night_nurse|turno_de_noche|turno_nocturno
its|it_is|at|is|this ~4 am|midnight|6am|5am|4am|3am|2am|1am|7am|11pm|10pm|12am|night|early|late ~3 here|in_the_morning|where_i|!is_fine|stop|wtf|why|seriously|my_time|out_here|for_this|come_on
its ~2 6am|5am|4am|3am|2am|7am|11pm|10pm|1am|12am|midnight
its|it_is|kinda|way|thats|really|this ~1 too|so|very|really|way|kinda|pretty ~1 early|late !on|payment
#1-12 ~1 in the_morning
at|during|over|before|on ~2 dinner|lunch|supper|breakfast|nap|naptime|bedtime|my_break|prayer|church_service|shabbat|sabbath|shabbos|ramadan|my_shift|my_honeymoon|work_hours|business_hours|school_hours|office_hours|vacation|family_time|the_game|thanksgiving|christmas|my_birthday|dinner_time|the_holidays|suppertime
dinner|lunch|nap|bed|prayer|family|supper time
shabbat|shabbos|sabbath|sundown|ramadan|iftar
texting|calling|text|call|messaging|who_texts|messages ~3 at|on ~3 dinner|night|midnight|sunday|holiday|#|hour|dawn|christmas|thanksgiving|this_hour|crack|weekend|ungodly
ungodly|crack_of_dawn|middle_of_the_night|dead_of_night|wee_hours
available|free|reachable|reach_me|i_can_talk|can_talk|get_me|catch_me|off_work ~3 after|before|between|only|until|weekends|mornings|evenings|at_#|from_#|on ~3
not ~1 available|free|reachable|around ~3 until|before|after|right_now|now|on|today|at|during|till|mornings|this
mornings|evenings|afternoons|nights|weekends|weekdays ~1 only|are_better|work_best|are_best|are_bad|is_better|are_good|best|better
after|before|between ~1 #|noon ~2 only|please|pls|is_better|works|is_best|am|pm|and_#|or_not|weekdays|is_fine|on
after|before #1-12 ~1 am|pm|weekdays|weekends|only|please
between|from #1-12 ~2 and|to|until|till|- #1-12
have_court|jury_duty|court_date|court ~6 not|no|cant|so|busy
not ~1 that|this|on_that ~1 day|week|date|thursday|friday|monday|tuesday|wednesday
^ later ~1 please|im|today|busy|on|$
ill ~2 text|call|get_back|message|reply|respond|hit ~3 later|tonight|tomorrow|after
reach|call|contact ~4 #0-2400 ~1 zulu|hours|hrs
zulu
maybe|try ~1 another|different|some_other time|day
no|nunca|jamas|solo|solamente|favor_de_no|no_me|mejor ~3 @es_contact|textos|llamadas|mensajes|llamen|escriban ~4 antes|despues|hasta|cuando|mientras|entre|durante|los|el|por_la|en_la|de_noche|tan|a_esta|a_estas|domingo|domingos|a_las|temprano|tarde|fines_de_semana|a_la_hora|tan_temprano|tan_tarde|en_las|a_partir|los_fines
nunca|no|solo|solamente|unicamente ~1 los|por|despues|antes|entre|de ~2 @days|las|noche|manana|tarde|mananas|tardes|noches|la_noche
llam*|escrib*|hable*|marqu*|habl*|busqu* ~3 despues|mas_tarde|manana|luego|mas_al_rato|en_la_tarde|por_la_tarde|otro_dia|otro_momento|en_otro|cuando|antes_de|al_rato|a_partir_de|hasta_las|entre
ahorita|ahora|en_este_momento|por_el_momento|hoy|orita ~1 no ~1 puedo|tengo_tiempo|es_buen|me_es|estoy_disponible
no ~1 puedo ~2 hablar|contestar|atender|responder|platicar|escribir
ahorita|ahora|hoy no ~1 $
mal|mala|no_es_buen|pesimo|no_es_un_buen|no_es_el ~1 momento|hora|horario
estoy|ando ~3 ocupad*|manejando|reunion|junta|durmiendo|clase|trabajando_ahorita|cenando|comiendo|misa|entrevista|examen|dormid*|acostad*|cita
son ~2 las ~2 manana|noche|#|madrugada ~3
madrugada|me_despert*|despertaron|medianoche
trabajo ~2 de_noche|noches|nocturno|turno|por_las_noches|en_la_noche
duermo|dormir|durmiendo
disponible ~3 despues|solo|antes|hasta|entre|a_partir|los
muy|es|tan ~1 temprano|tarde|de_noche ~2
^ manana|luego|tarde|noche mejor $
mejor luego|despues|mas_tarde|otro_dia|en_la_tarde|en_la_noche
en_otro_momento|mas_tarde_por_favor|otro_momento|otra_hora|mejor_manana|mas_tarde
`, unless: `
was|were|been|estaba|iba|andaba|venia|done|finished ~2 driving|manejando|conduciendo
was|were|estaba|andaba|got_out|out|back ~3 meeting|class|shower|appointment|reunion|junta|clase|movie|movies $
asleep|sleeping|in_bed|napping ~4 so_i|free|now_i|what|i_can|finally|ready|lets
middle ~1 of ~2 bankruptcy|divorce|case|month|week|moving|move
due|by|hits|lands|posts|closes|deadline ~2 midnight
too ~1 late|early ~1 to|for
just ~2 let_me_know ~5
text|message|call|let|remind|send ~2 me ~3 when|once|if ~3 posts|goes|clears|done|ready|received|due|is_due|processed|gets|works|fixed
text|message|send|remind ~3 reminder|link|receipt|confirmation ~5
im|ill|on|at|during|over|before ~2 break|lunch|dinner|christmas|thanksgiving|weekend ~4 do|pay|log|finish|can|will|sign
trabajo|turno ~2 de_noche|noches|nocturno|noche ~6 lo_hago|asi_que|extra|puedo_dar|pago|pagar
voy|vamos ~1 a dormir
when|what|que|cuando|is|are|do|does ~6 after|before|on|at|during|over <q> ~3 $
te|le|les|yo ~1 escribo|marco|llamo|hablo|aviso ~1 manana|luego|lunes|viernes|noche|tarde|despues|domingo|sabado
anytime|any_time|whenever|all_day|24_7|a_cualquier_hora|cualquier_hora|cuando_quiera|cuando_guste ~6
its|it_is ~1 fine|ok|okay|good|cool ~6
at ~1 any ~1 time|hour
you|u|they|puede|pueden|me_puede ~1 can|may|could|puede|llam* ~2 call|text|message|contact|reach|llamar|escribir ~6
busy ~1 making|earning|line|signal|season|working_to|month
just|i woke ~1 up ~2
keep|kept|staying ~1 busy
no|not|im_not|isnt ~1 busy
driving ~2 me|for|uber|lyft|doordash|license|record|school|test|range|truck|trucks|a_truck|a_bus|job|to_your
pay|payment|paid|due|deposit|charge|start|debit|withdraw|payday|send_it|settle|plan|paycheck|installment|pagar|pago|puedo_pagar|deposito|empezar|run_it|take_it|get_paid|do_it|dollars|money ~8 before|after|until|till|between|on|by|from|antes|hasta|despues|el|later|tomorrow|manana|only
before|after|until|till|between|on|antes|hasta|despues|el|only|later ~8 pay|payment|paid|due|deposit|charge|payday|plan|start|pagar|pago|paycheck|check|settle|money|offer|discount
late ~1 on|fee|fees|payment|payments|again|reply|response|with|bill|charges|charge
early ~1 payoff|next|in_the_month|payment|pay|bird|june|january
good|great|perfect|right ~1 time|timing ~2 to|for|is
not ~1 a ~1 good ~1 time ~1 to ~1 be|buy
time ~1 to ~1 settle|pay|be|get|talk|make|think|find
in|at the meantime|same_time|time
first|bad ~1 time ~1 i|ive|doing|with
had|have|got|bad|rough|hard|tough|worst ~1 a? ~1 time ~2 in|with|of|my|life
i ~2 wake|sleep ~2 fine|well|better|good
dont|not|cant|lose|losing ~1 sleep ~2 over
when|what|que|cuando|how|which|do|does|is|are|can|could|will|hay|a_que ~6 hours|open|close|weekends|available|office|hour|horario|abren|cierran|call|text|sunday|sundays|saturday <q>
do|are ~1 you ~6 weekends|after|before|between|sundays|available|open|late <q>
meeting|meet ~1 my|the|your ~1 minimum|amount|payment|offer|needs|in_the_middle
meet ~1 in|me ~1 in? ~1 the_middle|middle
middle_class|middle_name|middle_school|middle_ground|in_the_middle_of_the_month|meet_in_the_middle|middle_of_next|middle_of_the_month|middle_of_the_road
labor|class ~1 day|action|of|a|clown
just|only ~2 before|after|on|between ~3 paid|i_get|deal|that_i|it_posts|due|pay
ill ~2 pay|send|have|get_paid|do_it|get_it|make_the|start ~6
working ~1 on ~1 it
im ~1 off ~1 by|about
text_you|talk_to_you|hit_you_up ~1 tomorrow|later
hablamos ~1 manana|luego|despues|el
in_class_texting|texting_later
after|before ~1 taxes|rent|bills|insurance|that|all|i_die|this_month|you_guys|i_forget|i_go
on ~1 vacation ~1 pay
dont|never ~1 @contact ~2 again|anymore
dont|never|not|no ~2 before|after ~1 i_see|i_get|seeing|i_talk|i_know
only|just ~1 between ~1 us|you
never ~1 been|before|late
never|didnt ~2 got|get|saw|see|received ~4 until|till|before
driving ~2 off|into ~2 bridge|cliff|tree|wall|river|traffic
suicid* ~4
between ~1 jobs|paychecks|two|us|rent
weekend|weekends ~2 job|shift|pay|gig
working|work ~2 nights|overnight|doubles|overtime ~5 pay|so_i_can|extra|money|more|caught_up|catch_up
duermo ~2 bien
muy tarde ~2 para
tarde ~2 con|en ~2 pago
`}

// inconvenientPlace is a place at which the person must not be reached
// (IN-PLACE-01; 12 CFR 1006.6(b)(1)(ii)).
var inconvenientPlace = family{label: InconvenientPlace, rule: "IN-PLACE-01", fire: `
im|i_am|still|currently|now ~1 at|in ~1 the|my? ~1 dr|drs|doctor|doctors|dentist ~1 office|appointment|appt
at ~3 burial|funeral|wake|viewing|cremation|velorio|entierro today|now|right_now|$
number you ~1 called|dialed|have|texted is ~2 school|work|job|office|church|shelter|hospital
dont|never|not|no|stop|quit|cant|please_dont|do_not|cease ~4 @contact|@contacting|calls|texts|messages|reach|send|mail|show_up|come|bother ~4 at|to|on|near|around|while_im_at|when_im_at|while_i_am_at|here_at|in ~2 work|job|home|house|office|church|school|hospital|moms|parents|landline|workplace|place|apartment|mother|mothers|dads|shelter|store|desk|address|gym|rehab|facility|daycare|neighbors|family|property|door|base|clinic|dorm|library|synagogue|mosque|temple|funeral|front|my_work|my_job|my_home|salon|warehouse|shop
dont|never|not|no|stop|quit|cant|do_not ~3 @contact|@contacting|use|have ~3 work|home|job|house|landline|office|desk|shelter|workplace|my_parents|my_moms|front_desk|church|school ~2
^ at|in|inside|en|outside ~2 church|mass|funeral|wake|hospital|er|icu|court|library|chapel|work|class|shul|service|cemetery|temple|mosque|courthouse|doctors|clinic|school|public
im|i_am|currently|still|am|stuck|literally|sitting|waiting|were|was ~3 at|in|inside|en|to ~2 church|mass|hospital|er|emergency_room|funeral|wake|courthouse|court|library|temple|mosque|synagogue|icu|wedding|graveside|cemetery|chapel|burial|viewing|nursing_home|clinic|rehab|chemo|dialysis|hospice|funeral_home|morgue|doctors_office|memorial|daycare|gym|class|delivery_room|urgent_care|dentist|parent_teacher|aa_meeting|restaurant|theater|bathroom|school|airport ~1 !tomorrow|last
im|i_am|currently|still|am|here|stuck ~2 at|in ~2 work|job|funeral|wake|hospital|church|school|the_doctors|public|doctors|my_job|shift|the_office|customers|site|the_gym|in_public|the_vet
at work ~4 cant|dont|stop|not|no|please|cannot|right_now|rn|now|call_later
work|job|office|desk|home|house|front_desk|landline|switchboard|reception|company|shared|neighbor|hallway|dorm ~2 phone|line|number|ext*|landline|email ~4 not|no|dont|stop|isnt|everyone|off|please|never|anymore|cant|shared|hear|hears|remove|is_for
goes|going|comes ~1 to|through ~3 desk|everyone|front|switchboard|receptionist|reception|whole
rings|ringing ~4 desk|work|job|office|house|everyone|neighbor|moms|mother|parents|whole|front|switchboard|receptionist|shelter|kitchen|boss|coworkers|school|reception
everyone|everybody|coworkers|customers|roommates ~3 hear|hears|heard|see|sees|listen*|read|reads|can_hear|can_see|saw
people|others|family|kids ~3 hear|hears|heard|see|sees|read|reads|listen* ~2 this|these|it|you|your|texts|messages|calls|voicemail|$
shelter|hospital|church|nursing_home|rehab|funeral|facility ~3 phone|number|line|not|no|private|is_not
not|no ~2 while|when ~2 im|i_am|i ~2 at|in ~3
not|no ~2 at ~2 work|job|home|house|church|school|hospital|office
wait ~2 until|till ~1 im ~1 home|off|out
called|calling|call|texting|came|come|contacted|showed_up|reached ~4 my ~2 work|job|office|workplace|house|home|place_of_work|place_of_employment|school|church|parents|employer|hr|boss|mothers|moms|neighbors ~3
place ~1 of ~1 employment|work|business
no|nunca ~3 @es_contact ~4 trabajo|casa|oficina|chamba|iglesia|escuela|hospital|fijo|domicilio|mis_papas|mi_mama|empleo|jale|tienda|vecin*
estoy|ando|sigo ~2 en ~2 trabajo|hospital|iglesia|funeral|misa|velorio|escuela|corte|clinica|doctor|medico|trabajando|entierro|panteon|emergencias|chamba|publico|culto|el_trabajo|la_iglesia|jale
en|al|a ~1 mi|el|la ~1 trabajo|chamba|oficina|casa|jale no ~3
todos|todo_el_mundo|mis_companeros|mi_jefe|la_gente ~3 escuch*|oye*|ven|ve|oyen|entera*
no ~3 visit*|vengan|vayan ~3 casa|trabajo
`, unless: `
was|were ~2 at|in ~2 church|gym|airport|restaurant|school|library|class|court|dentist|wedding|theater|bathroom|mass $
i|ill|gonna|let_me|going_to|gotta|need_to|have_to ~1 call|text|come ~4 my
im|i_am|am|we|were|is ~1 not ~1 at|in ~2 home|work|house|school|office
en|a ~1 mi|el|la ~1 trabajo|casa|oficina ~1 no ~1 tengo|hay|funciona|sirve|agarra
going|go|headed|heading|driving ~4 house|moms|mother|parents|home
ok|fine|alright|okay to call|text ~1 my|me ~2 job|work|office
its|it_is|thats|is|esta ~1 fine|ok|okay|good|cool|bien ~4
<!dont|not|never|stop|no|cant|quit|ever|to call|text|reach|contact|catch|get ~1 me|us at work|home|my_job
you|u|puede|pueden ~2 can|may|could|llam* ~4 work|home|job|trabajo|casa|office|oficina
work ~1 from home
i ~1 work|works ~2 at|in ~3 hospital|school|church|clinic|store|restaurant|library|daycare|gym|airport|court*|nursing_home|funeral
my|she|he|wife|husband|mom ~3 works|work ~2 at|in
<!dont|not|never|stop|no|cant|quit|ever|anything mail|send|letter|goes|deliver ~6 home|house|address|there
see|hear|your|food|ball|tennis ~3 court
home ~2 is_where|number_is_good|improvement|depot|loan|equity|phone_is_best
is|are|do|can|where|does|will ~5 office|store|home|church|court|school|airport <q>
public ~1 assistance|defender|transit|school
going|go|went|was|be|got_out|discharged|stop_by|come ~4 church|court|hospital|er|library|gym|airport|restaurant|school|your_office|store|wedding|work
back|return*|start*|starting ~2 at|to work|school
at ~1 work ~2 pays|pay|they_pay|i_make|i_get|bonus
estoy|ando trabajando ~1 mucho|duro|mas|para|en_ello|en_eso
in|a ~1 class ~1 action|of
hospital|er|rehab|clinic|dentist|chemo|dialysis|icu ~2 bill|bills|charge|debt|visit
school ~1 supplies|loans|starts|clothes|fees
sent_me_home|home_depot|home_now|home_tonight|stay_at_home
la ~1 casa ~1 esta|paga
`}

// employer is an employer that forbids calls (IN-EMPLOYER-01; 12 CFR 1006.6(b)(3)).
var employer = family{label: EmployerProhibits, rule: "IN-EMPLOYER-01", fire: `
fired|fire_me|fires_me|firing_me|written_up|write_up|write_us_up|writes_us_up|writes_me_up|write_me_up|wrote_me_up|suspended|disciplined|terminated|trouble|reprimand*|sacked|canned|warning|warned|in_trouble|lose_my_job|cost_me_my_job|losing_my_job|point|points|dock*|let_go|axed|strike ~8 call|calls|calling|called|texted|phoned|phone|text|texts|texting|here|contact|work|personal|job|cell
call|calls|calling|phone|phones|text|texts|texting|keep|contact|calling_here ~8 fired|written_up|write_up|wrote_up|suspended|in_trouble|lose_my_job|cost_me|get_me_fired|disciplin*|terminated|reprimand*|sacked|losing_my_job|canned|my_job_is_on|axed
boss|supervisor|manager|employer|company|work|job|hr|foreman|workplace|they|office|policy|human_resources|my_lead|my_shop|plant|principal|sergeant|warehouse|hospital|school|management|owner ~4 dont|doesnt|wont|wouldnt|not|no|prohibit*|forbid*|bans|banned|against|isnt|never|doesnt_permit|frown*|hates|mad|upset|angry|yelled|pissed|complained|complaining|objects|objected|said_no|said_stop|told_me|warned|strict|zero_tolerance|blocks|restrict*|monitor*|chewed|furious|disallow*|asked|said_you ~5 call|calls|phone|phones|personal|text|texts|texting|cell|cells|allow*|calling|contact*|you_people|collectors|cellphones|devices
employer|boss|company|job|work|workplace ~2 prohibits|prohibit|forbids|forbid|doesnt_allow|dont_allow|does_not_allow|wont_allow|bans|disallows|policy_prohibits|doesnt_permit|does_not_permit
personal ~1 calls|call|phone|texts|cell|phones|cellphones ~6 not|no|work|job|allowed|policy|shift|against|prohibited|arent|banned|cant|forbidden|up|floor|permitted
cant|cannot|not|no|arent|dont|isnt|never|not_supposed|wont|not_permitted|unable ~4 take|have|get|receive|use|make|accept|be_on|personal|answer|allow*|calls|having|getting|check ~3 calls|call|phone|phones|personal|texts|cell|those|cells ~4 work|job|here|shift|floor|site|clock|office|jobsite|warehouse|duty|line|plant|workplace|classroom
no ~1 calls|phones|cell|personal|texts|cellphones|calling ~3 at|on|allowed|policy|during|in ~2 work|shift|job|floor|warehouse|clock|here|duty|line|jobsite|site|plant|office|premises|$
against ~2 rules|policy|company|work|regulations|handbook ~4
phones|phone|cells ~3 locked|locker|lockers|confiscated|not_allowed|taken|banned|prohibited|arent_allowed|checked_at
company|work|job|workplace|office ~1 policy|rule|rules|handbook ~4 no|not|against|prohib*|forbid*|dont|says|call*|phone*|personal
hr ~3 warned|told|called|talked|complained|involved|wrote|contacted|said|meeting|spoke|pulled|got|flagged
not|isnt|arent ~1 allowed|permitted|supposed ~5 calls|phone|phones|personal|call|cell|texts|those|these ~5
@contact|@contacting ~4 could|will|would|gonna|going_to|can ~3 cost ~1 me ~1 my ~1 job
supervisor|boss|manager|hr|coworker|receptionist|foreman ~2 picked_up|answered|got|took|heard|intercepted|saw ~4 call|message|text|voicemail|you
not_allowed_calls|no_personal_calls|no_phone_policy|no_phones|phone_free|no_cell_phones
work|job ~3 rules|rule ~4 call*|phone*
jefe|patron|trabajo|empresa|supervisor|compania|gerente|chamba|empleador|jale|recursos_humanos|oficina|encargado|patrona|jefa ~4 no ~4 permit*|dej*|quier*|gust*|pued*|acept*|llamadas|autoriz*|deja
prohib*|no_permit*|no_dejan|no_se_permit*|no_me_dejan|no_esta_permitido|no_me_permiten|no_nos_dejan|no_puedo_recibir|no_puedo_tener ~5 llamadas|telefono|celular|personales|contestar|recibir|trabajo|celulares
me ~2 correr|corren|despedir|despiden|despidan|corran|botar|regan*|llamaron_la_atencion|suspend*|botan|reporten|echan|sancion* ~6 llam*|trabajo|telefono|marc*|por|si|escrib*
perder* ~2 trabajo|empleo|chamba ~6 llam*|si|por|marc*
contra ~2 reglas|politica|reglamento
politica ~3 trabajo|empresa|compania
`, unless: `
storm|tornado|weather|battery|no|without ~2 warning
trouble ~8 app|site|page|link|code|schedule
fire drill|alarm|truck|dept|department|station|extinguisher
dont|cant|no|not ~2 get|have ~2 service|signal|bars|reception
hr ~4 check|payday|paycheck|deposit|payroll|raise|hours|benefits
i|we ~2 got|was|been|were|just ~2 fired|terminated|laid_off|let_go !for|because|over|if|when|due
boss|company|job|manager|work|employer|supervisor|jefe ~1 lets|allows|is_fine|doesnt_mind|said_its_fine|is_cool|ok_with|me_deja|si_me_deja|permite
do|does|are|can ~2 you|your ~4 allow|permit|take|have <q>
company ~2 closed|is_closed|pays
policy pays
not ~1 allowed ~2 overdraft|overdraw|miss
point ~1 of|is|taken|me
whats|what|get|no|the|thats|your|good|a|at_this|some ~1 point
call|calling|text ~2 point
fire ~3 me? ~1 a|up|off|over
they|who|boss ~2 told|asked ~1 me ~3 call ~1 you
get_paid|paid ~3 work
work|job ~2 not|no|dont|isnt|doesnt ~3 pay|paying|paid|slow|start*|enough|until
warning|trouble ~2 call ~2 ahead
trouble ~3 logging|with|finding|getting|paying|login|app|website|hearing|reading
`}

// medium bars one way of contact, or one address (12 CFR 1006.14(h)).
var medium = family{label: MediumRestriction, rule: "IN-OPTOUT-03", fire: `
stop|quit|cease|end|discontinue|halt|no_more ~2 calling|calls|phoning|mailing|letters|mail|emailing|emails|voicemails|robocalls|ringing|faxing|phone_calls|dialing|mailings|call|email|voicemail|faxes|postcards|leaving|autodial*|robocalling|phone
dont|never|do_not|not ~2 telephone|phone ~1 me|us
dont|never|do_not|stop ~2 call|mail|email|e_mail|ring|dial|fax|leave_me|leave_voice*|leave_messages|leave_any|use_voice|send_letters|send_mail|send_emails|voicemail|robocall|write|telephone ~4 !back
dont|never|not|stop ~3 use|send|text|contact|reach|try ~3 home_phone|landline|house_phone|work_phone|cell|email|e_mail|mail|letters|voice|phone|emails|voicemail|this_number|that_number|my_cell|fax|robocalls|work_number|home_number|cellphone|mobile|old_number|paper|voicemails|mailings|postcards|facebook|whatsapp|other_number|address|school|physical
no|zero ~1 more|phone|voice|further|incoming ~1 calls|phone|letters|mail|emails|voicemails|calling|robocalls|call|postcards|mailings|voicemail
no|not ~1 calls|voicemails|letters|emails|calling|robocalls|phone_calls|voicemail|email ~2 please|pls|just|text|only|thanks|thank|$|texts|to
text|texts|email|emails|mail|letter|letters|writing|messages|message|texting|phone|calls|cell|chat|sms|us_mail ~1 only
only ~3 text|email|mail|letters|texts|texting|writing|through_text|by_text|via_text|by_mail|by_email|in_writing|by_letter|via_email|over_text ~1 me|$|please|pls|thanks|contact|no
prefer|rather|want|like ~3 text|texts|email|mail|letters|texting|emails|writing|chat ~4 not|over|instead|than|no|rather ~3 call*|phone|voice|text*|letters|email*|mail
text|email|mail|write|message ~2 me? ~2 instead|rather_than|not_call|dont_call|no_calls
instead ~1 of ~2 call*|text*|mail*|email*|letters
by|via|through ~1 mail|email|text|letter|post|writing ~1 only
only ~2 contact|reach|communicate|talk|correspond ~4 mail|email|text|writing|letter
put|everything|do|keep|want|need|send ~3 in_writing ~4 no|dont|only|not|stop|$
cell|text|email|mail|texts|letters ~1 only|is_fine|is_ok|are_fine|please ~3 no|not|dont|stop
no ~1 longer ~3 calls|phone|letters|emails
take|remove|delete|drop ~2 my ~1 email|home_phone|landline|work_number|house_phone|old_number|home_number|work_phone|house_number|work_email ~3
calls|phone|letters|emails|voicemails|mail|robocalls ~2 need_to_stop|must_stop|have_to_stop|has_to_stop|stop_now|not_welcome|not_ok|not_allowed|arent_ok|are_not_ok
no|nunca|dejen_de|deje_de|paren_de|ya_no ~1 me ~1 llam*|marqu*|manden|mande|mandes|mandar*|envien|envie|envies|enviar*|hablen|hable|hables ~4 cartas|correo|correos|telefono|fijo|llamar|llamen|llame|llamadas|a_este|por_telefono|email|a_la_casa|emails|al_fijo|$
no ~1 me? llamen|llame|llames|marquen|marque
dejen|deje|paren|pare|basta ~1 de llamar*|llamadas|marcar*|mandar_cartas|mandar_correos|mandarme_cartas
no|ya_no ~1 mas|quiero|deseo|acepto llamadas|cartas|correos
no|ya_no llamadas|cartas|correos|llamada ~2
solo|solamente|unicamente|prefiero|mejor ~3 mensaj*|texto*|correo|carta*|escrito|por_texto|por_mensaje|por_correo|mensajito|email|whatsapp ~2 !plan
por_escrito ~2 solo|nada_mas|unicamente
deaf|hard_of_hearing|sordo|sorda ~6 call*|voice|phone|llam*|text
`, unless: `
only ~1 got|get|saw|have|see|received|sent|has ~3
phone|cell ~1 only ~1 has|had|lets|shows|works
not ~2 phone ~4 site|app|page|website|link
dont|never|not|stop|no|cant|quit|please_dont ~3 call|text|contact|email|phone|calling|texting|llam*|llame*|marqu* ~3 before|after|during|until|while|when|between|on_my|past|at_night|so_early|so_late|antes|despues|hasta|cuando|en_la_noche|tan|tan_temprano|los
dont|never|not|stop|no|cant|quit|no_me ~2 call|calling|llam*|marqu* ~2 @days
dont ~2 need|have|want ~2 to ~1 call|mail|email|write
dont ~1 write ~1 it|me_off|checks
can|could|do|should|will|may|would|is|are|puedo|how ~5 call|email|mail|text|letters|letter <q>
dont|didnt|never|not|havent ~2 get|got|received|receive|have|see|check|open|read ~4 letter|letters|mail|email|emails|calls|voicemail|call
stop|quit ~1 calling ~2 him|her|it|this
call|text|email|mail ~1 me ~3 instead ~2 at|on|to
leave ~2 voicemail|message
no ~1 mail ~3 today|came|yet|delivery|on
only ~2 text|email|message ~2 i_got|you_sent|once|i_received
dont leave ~2 me_out|out|without|me_hanging|me_waiting|me_stranded|me_in
record|recording|tape|taping|recorded
@contact ~1 me ~1 at ~4 instead
call ~1 me|us ~2 at|on|after|when
dont ~1 ring ~1 a_bell|bell
`}

// vulnerable is illness, age, incapacity or danger that calls for care (IN-VULN-01).
var vulnerable = family{label: Vulnerable, rule: "IN-VULN-01", fire: `
dementia|alzheimers|alzheimer|alzhiemers|cancer|chemo|chemotherapy|radiation|dialysis|stroke|hospice|terminally|terminal|tumor|leukemia|lupus|parkinsons|parkinson|epilepsy|seizure|seizures|heart_attack|heart_failure|transplant|surgery|surgeries|amputat*|paralyzed|wheelchair|disabled|disability|disabilities|handicapped|blind|visually_impaired|legally_blind|deaf|hard_of_hearing|hearing_impaired|autistic|autism|bipolar|schizophreni*|ptsd|depression|depressed|anxiety|panic_attack|panic_attacks|mental_health|mental_illness|mentally|psych_ward|psychiatric|rehab|detox|overdose*|oncologist|oncology|copd|kidney_failure|kidney_disease|liver_failure|tbi|brain_injury|brain_damage|concussion|coma|icu|intensive_care|comatose|bedridden|homebound|housebound|oxygen|hospitalized|miscarriage|miscarried|stillborn|domestic_violence|abused|abusive|abuser|battered|womens_shelter|restraining_order|trafficked|illiterate|dyslexi*|special_needs|down_syndrome|cerebral_palsy|multiple_sclerosis|als|fibromyalgia|chronic|diagnosed|diagnosis|sober_living|addiction|addict|alcoholic|ventilator|life_support|ssdi|aids|hiv|caregiver|memory_loss|memory_problems|cognitive|incapacitated|learning_disability|relapse|relapsed|biopsy|infusion|stage_#|postpartum|preeclampsia|bedrest|bed_rest|cerebral|aneurysm|pneumonia|sepsis|grieving|er_visit|senile|nursing_home|assisted_living|psychosis|hallucinat*|neuropathy|sclerosis|cirrhosis|pacemaker|insulin|diabetic|diabetes|mastectomy|crutches|broken_hip|broken_leg|broken_back
in|at|out_of|from|to|left|inside ~2 hospital|er|icu|rehab|emergency_room|nursing_home|psych|clinic_again|treatment|hospice|intensive_care|assisted_living|care_home|mental_hospital
on ~2 disability|oxygen|dialysis|chemo|life_support|bed_rest|meds|medication|hospice|suicide_watch|morphine|a_ventilator
very|really|extremely|so|seriously|gravely|chronically|im|been|critically|terminally|severely|too|quite|getting|hes|shes|is|gotten ~2 sick|ill|unwell ~1 !of|and_tired|deal
sick ~1 with|child|baby|kid|mother|father|wife|husband|mom|dad
i ~1 have|got|had ~2 covid|ms|als|hiv|cancer|flu_bad|tumors|a_condition|health|medical|mental
health|medical ~1 problems|issues|condition|conditions|emergency|crisis|issue|problem|leave|treatment|complications|scare
im|am|hes|shes|age|turned|turning|she_is|he_is ~1 #70-110 !days|payments|dollars|percent|bucks|late|short|points|a|per|or|miles|minutes|over|under|off|behind|down|good|at|weekly|monthly
@relative is|was #70-110 !days|payments|dollars|percent|bucks|a|per|or|points
#70-110 ~1 year|years|yrs|yr|yo ~1 old|yo|young|of_age
elderly|senior_citizen|very_old|im_old|old_woman|old_man|old_lady|a_senior|im_senior|ancianit*
cant|cannot|hard|trouble|unable|struggle ~2 read|see|hear|follow ~5 so_good|good|well|very|small|letters|print|screen|much|anymore
dont|doesnt ~2 remember|read|see|hear ~3 so_good|good|well|very|too_good|things|much|anymore
cant|cannot|trouble|unable ~2 remember ~4 things|anything|much|anymore|well|$
dont|cant|cannot|doesnt|didnt|hard|trouble|unable|not|struggle ~2 understand|comprehend|think_straight|make_sense ~5 asking|this|these|texts|messages|anything|so_good|good|well|very|what|things|it|small|letters|screen|much|anymore|$
cant ~1 read|see|hear|write|walk|breathe|remember_things|think|sleep_or_eat|get_out_of_bed|function
gets|getting|easily|very|always|so|often ~1 confused
disoriented|forget_things|forgetful|foggy|my_memory
read|reading|see|hear|write ~2 so|very|too ~1 good|well
living|sleeping|live ~3 car|truck|van|street|streets|tent|shelter|motel|outside|bus_station|under_a_bridge
homeless|houseless|unhoused|on_the_streets|couch_surfing|battered_womens
hits|hit|beats|beat|hurts|hurt|threatens|threatened|choked|abuses|stalking ~1 me !up|with|back|when|at
he|she|husband|wife|ex|partner|boyfriend|girlfriend ~3 monitors|reads|checks|controls|sees|watches|tracks ~3 phone|texts|messages|everything|me
afraid|scared|fear|terrified|unsafe|not_safe|danger|hiding ~4 husband|him|her|ex|partner|boyfriend|my_life|wife|my_father|my_dad|at_home|go_home
had|having|have|need|needs|after|recovering|awaiting|from|upcoming|scheduled|due ~3 surgery|stroke|operation|heart_attack|seizure|transplant|procedure|miscarriage|a_baby|my_baby|the_baby_early|c_section|radiation|treatments|breakdown|bypass|amputation|accident|mental
pregnant|high_risk_pregnancy|newborn|premature|nicu|preemie|expecting_a_baby
car|motorcycle|bad|terrible|work ~1 accident|wreck|crash
lost ~2 leg|arm|sight|vision|hearing|eyesight|baby|child
house_fire|house_burned|burned_down|fema|evacuat*
hurricane|tornado|flood|wildfire|storm ~3 took|destroyed|hit_us|hit_me|hit_our|displaced|victim|victims|wiped|ruined|survivor
lost|displaced|destroyed|damaged|after|from|because|since|survived ~5 hurricane|tornado|flood|wildfire
house|home|apartment|place|trailer|we|us ~2 flooded
my|our|his|her ~2 dying|in_a_coma|on_life_support|in_the_hospital|in_icu|in_hospice
dying ~2 of|from|in|soon ~2 cancer|hospital|disease|hospice|$
therapist|psychiatrist|social_worker|caseworker|counselor ~3 says|said|told|helping|handles
in|outpatient|inpatient ~1 treatment
cancer|quimio|quimioterapia|demencia|derrame|embolia|dialisis|cirugia|operaron|operada|operado|hospitalizad*|internad*|discapacit*|discapacidad|incapacidad|incapacitad*|sorda|sordo|ciego|ciega|depresion|ansiedad|enferma|enfermo|enfermedad|enfermos|embarazada|embarazo|hospital|terapia_intensiva|tratamiento|violencia_domestica|me_golpea|me_pega|maltrato|alzheimer|esquizofrenia|autismo|autista|silla_de_ruedas|rehabilitacion|anciana|anciano|ataque_al_corazon|infarto|accidente|tumor|paralisis|diabetica|diabetico|marcapasos|trasplante|paralitic*|mi_salud|de_salud
no ~1 entiendo|comprendo ~3 lo_que|bien|nada|mensajes|esto|me_piden
no ~1 se|puedo|sabe ~1 leer|escribir|ver_bien|oir
tengo|con|cumpli|de ~1 #70-110 anos
vivo|duermo ~2 carro|calle|coche|refugio|albergue|troca
le_tengo_miedo|tengo_miedo|me_amenaza|me_controla
`, unless: `
phone|battery|laptop|car|plants|lawn|app|computer ~3 dying
im|i_am|am|hes|shes ~1 at|on|paying|doing|sending|offering|putting ~1 #70-110
so|is|been|too|im|and|then|getting|very ~2 ill ~1 pay|do|send|get|be|call|text|make|take|log|just|have|let|go|see|try|need|check|start|use|add
trabajo|trabaja|cuenta|factura|recibo|deuda|cobro ~3 hospital
por|un|fue accidente
hospital|clinic|er ~2 <q>
trouble|hard|cant ~2 read|see|hear ~5 site|app|page|link|website|signal
quitting|closing time
you|your ~3 blind|deaf|sick|insane|crazy|abusive
must be blind|deaf
you|yall|they ~1 are ~1 abusive
work|works|working|job|volunteer|nurse|employed ~3 at|in|for ~2 hospital|er|rehab|nursing_home|icu|clinic|hospice
hospital ~3 paid|pays|biweekly|employee|job
hospital|er|surgery|dental|medical|vet ~1 bill|bills|debt|charge
rate|interest|price|deal|car|beat|offer|payment|fee|thats|sneakers|phone ~3 sick|insane|blind|crazy|lame
sick ~1 of|and_tired|deal|day|days|rate|leave|offer|joke|burn|pay
dog|cat|pet|puppy|kitten|horse|car|truck|phone|printer ~5 surgery|cancer|sick|hospital|blind|dead|stroke|deaf|enferm*|vet
blind ~2 date|spot|lately|side|faith|sided|eye|trust
deaf ~1 ears
tone deaf
stroke ~1 of ~1 luck|genius|midnight
heart_attack ~3 balance|bill|when_i_saw|saw|lol
gave|give|giving|had ~3 headache|heart_attack|stroke ~4 lol|balance|bill|saw|total|with
headache
accident ~3 by|deleted|sent|pressed|my_bad|sorry
by|on|an accident ~1 sent|deleted|hit|texted|i
cancer ~2 survivor_walk|research|charity|zodiac|sign|society
im ~1 a? ~1 cancer|capricorn ~1 zodiac|sign
chronic ~1 overpayer|late
anxiety|depressed|depression ~2 lol
retail_therapy|great_depression|the_great_depression
insane|crazy ~2 fix|rate|fee|deal|lol
mental ~1 math|note|gymnastics
dont|cant|didnt|not ~2 see|hear|read|understand ~4 link|pic|picture|pics|image|attachment|voicemail|pdf|app|website|page|site|from_you|back|your_offer_yet|how|why|terms|the_fee|interest
dont|didnt ~2 understand ~2 interest|fee|fees|terms|plan|offer|payment|why
sight ~1 unseen
is|are|does|do|what|would|will|can|if|hay ~6 disability|hospital|insurance|senior|surgery <q>
social_security|disability ~1 check ~3 comes|deposits|hits|arrives
cover|covered|insurance ~6 hospital|surgery|er
confused ~2 about|on|by|with ~4 payment|amount|plan|date|offer|link|terms|balance
terminal ~1 #|at
aids_me|first_aid
salud ~2 lol
a_tu_salud|gracias_por_su_salud
senior ~1 agent|rep|manager|discount|year|week|trip|moment|prom|pictures|portraits|night
addict|addicted ~2 to ~2 shoes|coffee|shopping
diagnosed ~3 car|engine|mechanic|transmission
diagnosis ~3 car|mechanic
from ~1 hospital ~1 bill
expecting ~1 a ~1 check|refund|bonus
enfermo|enferma ~1 de ~1 esto|tanto
`}
