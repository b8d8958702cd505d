package main

// plain are everyday words that lie one slip away from a word of the rules and
// mean what they say.
const plain = `pagar pagas pagan scam scams spam hacked packed fire fired hired tired wired wide wife wifi life live lives lived
 cover covers lover order orders older other others mother brother bother another father rather either neither
 there their these those three where which while whole white write wrote wrong strong string song
 right night light might sight tight fight eight weight height
 house horse nurse purse course source force forces course
 later water layer player prayer payer payed played plan plane plant plans
 could would should cloud cold told sold hold gold bold fold
 place plate plates space pace face race
 check checks cheek chick thick trick stick stuck stock stack
 found round sound bound pound mound ground
 money honey monkey month months mouth south youth
 start smart story store stores stove score
 texas taxes taxis tests texts
 sister mister winter center letter better bitter butter matter master faster
 march match watch catch batch beach teach reach peach
 close clothes closed cloned clone phone phones stone alone along belong long
 friday sunday monday today
 party parts partly parent parents patent patient
 meter metal mental rental dental gentle
 stay stays state stated skate estate
 wonder under thunder sender lender tender gender vendor
 could cound count county country court courts
 sign sigh signs sing singer finger
 minor mirror major mayor minus
 legal loyal local vocal
 claim claims chain train drain brain
 please pleased police policy polite
 report reports resort repost repeat rapport
 sorry worry carry marry hurry story
 angel angela angels angle
 dinero diner dinner winner
 cuenta cuento cuentas cuanto cuando cuanta
 numero numeros nuevo nueve nueva
 trabajo trabaja trabajar
 tarjeta tarjetas carta cartas corte cortes
 quiero quiere quieres quieren
 puedo puede pueden
 deuda deudas duda dudas
 fraude frase grande
 persona personas
 gracias gracia
 sauce sausage pause cause because
 debit debits debts credit credits edit
 court courts ours hours tours
 broke broken brake break bread
 boss loss lost cost most post host toast coast
 train trains trial trail email
 class glass grass
 early yearly nearly clearly
 bank banks tank thank thanks blank
 medal pedal model
 harbor labor neighbor
 chance change charge charges large
 hotel motel model hostel
 offer offers office officer
 price prices pride prize twice
 dealt death health wealth
 paper papers pager
 below bellow yellow fellow
 shots shops ships stops steps
 shout about scout
 dream cream stream steam team
 brown crown drown frown
 quite quiet suite
 enter inter after alter
 serve service servers nerve
 marine machine magazine
 chose choose cheese
 final finally finale
 trust crust rust thrust
 cheap cheat heat heart hearth
 along aloud allow allowed
 stupid studio study
 value valve
 guess guest quest
 fails fairs fair hair chair stairs
 dying buying trying crying drying flying lying tying
 suing suite using
 died dies dried tried cried lied
 dead deal dear deaf head read lead
 sick kick pick tick lick
 minute minutes
 lease least leave leaves leaving learning
 hand hands hang hangs
 pills bills hills fills kills skills
 bridge bride bring
 jumps jump bump pump dump
 knife knit
 roof root room rooms
 attic attack
 drug drugs dragging
 angry hungry
 hurts shirts
 ship ships shop shopping chopping
 wallet ballet pallet bullet
 recover record records recorded
 estaba estaban estabas andaba andaban venia venian iba iban tenia tenian hacia hacian decia queria podia debia hablaba llamaba
 llegue llego llega llegan llegaba salgo salir salio saliendo vengo vamos tengo tenga tiene tienen hago hacer haga hizo
 mando manda mandan mandaba envio envia paso pasa pasan pasado pesado casado cansado cerrado
 llueve nieve nueve jueves luego juego fuego ruego suegra suegro
 parada paradas parado para pera pero perro carro cerro corro
 mensaje mensual anual abuela escuela cuela
 semana semanas mejor mejores mujer mayor
 ganar gano gana cenar cena cenando
 quince quinto quinta cinta pinta
 barato barata gratis grata
 larga largo lago lagos cargo carga cargar cargando
 pagina paginas pila pilas
 comida comido corrida cocina cocinar cocinando
 esperar espera espero esperando
 gimnasio iglesia clase clases
 boton botones monton
 enlace enlaces
 tarde tardes tarda tardar`
