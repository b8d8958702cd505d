package inbound

// classes are named sets of words for patterns; a_b is two words in a row.
var classes = map[string]string{
	"contact": `text message contact call write email mail ring phone bother harass spam ping dm notify reach_out hit_up blow_up hit_me_up
 contacted communicate speak talk send bug annoy pester hound reach`,
	"contacting": `texting messaging contacting calling writing emailing mailing ringing phoning bothering harassing harrassing spamming pinging
 blowing bugging annoying pestering hounding hitting stalking buzzing notifying`,
	"msg":  `text texts message messages sms notifications notification alerts alert spam texter dms pings`,
	"dont": `dont never not stop quit no cant wouldnt`,
	"me":   `me us my this him her here`,
	"es_contact": `escriban escriba escribas escribirme manden mande mandes mandarme envien envie envies enviarme molesten moleste molestes molestarme
 contacten contacte contactes contactarme llamen llame llames llamarme hablen hable hables hablarme busquen busque marquen marque marques marcarme
 texteen textee comuniquen comunique texten texteenme acosen mensajeen`,
	"when": `before after during until while when between early late monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
 wednesdays thursdays fridays saturdays sundays weekend weekends weekdays weekday mornings morning evenings nights night afternoon afternoons
 tonight today tomorrow dinner lunch past noon midnight am pm antes despues hasta cuando entre lunes martes miercoles jueves viernes sabado
 sabados domingo domingos manana mananas noche tarde tardes hoy`,
	"days": `monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
 weekend weekends weekdays weekday lunes martes miercoles jueves viernes sabado sabados domingo domingos mon tue tues wed thu thur thurs fri sat sun`,
	"work": `work job office workplace employer jobsite worksite warehouse shop trabajo chamba oficina empleo jale shift`,
	"relative": `husband wife mother mom mama mum father dad papa brother sister son daughter spouse partner boyfriend girlfriend fiance fiancee
 grandmother grandma grandfather grandpa aunt uncle cousin niece nephew roommate roomate neighbor stepmom stepdad stepson stepdaughter
 inlaw hubby ex kid child caregiver caretaker guardian bf gf bro sis sibling parent stepfather stepmother granddaughter grandson landlord`,
	"es_relative": `esposo esposa marido mujer mama papa madre padre hermano hermana hijo hija primo prima tio tia abuelo abuela suegra suegro
 cunado cunada novio novia companero companera vecino vecina amigo amiga yerno nuera sobrino sobrina nieto nieta pareja`,
	"lawyer": `lawyer attorney attorneys lawyers counsel atty solicitor law_firm legal_aid legal_team legal_counsel attny lawer laywer abogado
 abogada licenciado law_office legal_services legal_representation legal_rep representation esq legal_department`,
	"debt": `debt debts account bill balance loan charge charges amount deuda cuenta saldo it this that these card money owed`,
	"pay":  `pay paying paid`,
	"agency": `cfpb ftc bbb fcc attorney_general ag better_business_bureau consumer_financial_protection consumer_protection state_ag
 licensing_board ombudsman regulators regulator consumer_affairs federal_trade consumer_bureau authorities state_regulators
 comptroller occ government congressman senator congresswoman state_board news_station channel_# dcwp dfpi dfs procuraduria profeco fiscalia
 fiscal_general gobierno banking_commission consumer_agency congress`,
	"human": `human person agent representative rep operator supervisor manager someone people live_person live_agent live_rep associate
 specialist csr real_person actual_person human_being somebody manger agnet supervisior`,
	"die": `die dead died dying death suicide suicidal`,
}
