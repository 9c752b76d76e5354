/** The lecture’s chapters. */
import type { lecture as sentences } from '../de/lecture.ts';

export const lecture: Record<keyof typeof sentences, string> = {
  'What freezes in the NTK scaling': 'Ce qui gèle à l’échelle NTK',
  'A two-layer network of width n has n hidden neurons. With the prefactor 1/√n and weights of size 1 its output is of size 1, and gradient descent at a fixed rate moves the output by Θ(1) in a step.':
    'Un réseau à deux couches de largeur n a n neurones cachés. Avec le préfacteur 1/√n et des poids de taille 1, sa sortie est de taille 1, et la descente de gradient à taux fixe déplace la sortie de Θ(1) par pas.',
  'Each neuron moves by Θ(1/√n) only. In a wide network the neurons stay where they were drawn, the tangent kernel K stays what it was, and learning is linear: the network chooses a combination of features that it was born with.':
    'Chaque neurone ne bouge que de Θ(1/√n). Dans un réseau large les neurones restent où ils ont été tirés, le noyau tangent K reste ce qu’il était, et l’apprentissage est linéaire : le réseau choisit une combinaison des traits avec lesquels il est né.',
  'Watch the cloud: f follows the data, and the points hardly leave their places.':
    'Regardez le nuage : f suit les données, et les points quittent à peine leur place.',
  'Run 1,024 neurons to step 50, then 16,384. The loss falls in the same way; the cloud moves a quarter as far.':
    'Lancez 1,024 neurones jusqu’au pas 50, puis 16,384. La perte baisse de la même façon ; le nuage bouge quatre fois moins loin.',
  'How can the loss fall when no neuron moves?':
    'Comment la perte peut-elle baisser quand aucun neurone ne bouge ?',
  'There are n of them. Each moves by 1/√n in the direction that helps, each counts 1/√n in the output, and n · (1/√n) · (1/√n) = 1.':
    'Il y en a n. Chacun bouge de 1/√n dans la direction qui aide, chacun compte pour 1/√n dans la sortie, et n · (1/√n) · (1/√n) = 1.',
  'The same training with prefactor 1 and initial standard deviation 1/√n needs the rate 1/n for W1 and 1 for W0, not 1/√n for both.':
    'Le même apprentissage avec préfacteur 1 et écart type initial 1/√n demande le taux 1/n pour W1 et 1 pour W0, non 1/√n pour les deux.',
  'The naive learning rate': 'Le taux d’apprentissage naïf',
  'Neurons should move, so let the rate grow: η = η0 √n. Then each of them moves by Θ(1) in a step.':
    'Les neurones devraient bouger, que le taux croisse donc : η = η0 √n. Alors chacun bouge de Θ(1) par pas.',
  'But all of them move in the direction that lowers the loss, their effects add up, and the output jumps by Θ(√n). Beyond a width the step is too long for the curvature of the loss, and training diverges.':
    'Mais tous bougent dans la direction qui baisse la perte, leurs effets s’ajoutent, et la sortie saute de Θ(√n). Au-delà d’une largeur le pas est trop long pour la courbure de la perte, et l’apprentissage diverge.',
  'At n = 256 this rate is small enough. With 4,096 neurons the loss leaps up before it falls. With 16,384 it grows without end, and the page says so.':
    'À n = 256 ce taux est assez petit. Avec 4,096 neurones la perte bondit avant de baisser. Avec 16,384 elle croît sans fin, et la page le dit.',
  'What would you have to do to the output so that neurons may move by Θ(1)?':
    'Que faudrait-il faire à la sortie pour que les neurones puissent bouger de Θ(1) ?',
  'Make it smaller by √n: the prefactor 1/n in place of 1/√n. A neuron then feels √n times less, so the rate grows once more, to η0 n: in a step the neurons move by Θ(1) and f changes by Θ(1).':
    'La réduire de √n : le préfacteur 1/n au lieu de 1/√n. Un neurone sent alors √n fois moins, le taux croît donc encore, à η0 n : en un pas les neurones bougent de Θ(1) et f change de Θ(1).',
  'The mean-field parameterization': 'La paramétrisation de champ moyen',
  'With the prefactor 1/n the output is an average over neurons, and with the rate η0 n every neuron moves by Θ(1): nothing depends on n any more. The output of a wide network is an integral over a measure ρ, the law of a neuron.':
    'Avec le préfacteur 1/n la sortie est une moyenne sur les neurones, et avec le taux η0 n chaque neurone bouge de Θ(1) : plus rien ne dépend de n. La sortie d’un réseau large est une intégrale contre une mesure ρ, la loi d’un neurone.',
  'Now features are learned. The round cloud breaks up: neurons gather along a few filaments, in pairs, where the data ask for a bend.':
    'Maintenant des traits sont appris. Le nuage rond se défait : les neurones se rassemblent le long de quelques filaments, par paires, là où les données demandent un pli.',
  'Turn the cloud with the mouse: the third axis is the output weight w1. Then run few neurons and many: the picture is the same, only sharper, and they come equally far.':
    'Tournez le nuage avec la souris : le troisième axe est le poids de sortie w1. Lancez ensuite peu de neurones, puis beaucoup : l’image est la même, seulement plus nette, et ils vont aussi loin.',
  'Why is f almost 0 at the start?': 'Pourquoi f est-elle presque 0 au départ ?',
  'It is an average of n independent terms of mean 0, so it tends to 0 by the law of large numbers, and its size is 1/√n by the central limit theorem.':
    'C’est une moyenne de n termes indépendants de moyenne 0, elle tend donc vers 0 par la loi des grands nombres, et sa taille est 1/√n par le théorème central limite.',
  'The abc-parameterization': 'La paramétrisation abc',
  'Yang and Hu write every scaling with three numbers for a layer: the weights are n⁻ᵃ w, w is drawn with standard deviation n⁻ᵇ, and the rate is n⁻ᶜ.':
    'Yang et Hu écrivent toute échelle avec trois nombres par couche : les poids sont n⁻ᵃ w, w est tiré avec l’écart type n⁻ᵇ, et le taux est n⁻ᶜ.',
  'Some choices are the same network in other units: shifting (a, b, c) to (a + s, b − s, c − 2s) in all layers changes w and the rate, but not the function fₜ. The “maximal update” parameterization μP of a two-layer network is the mean-field one, shifted by s = −1/2.':
    'Certains choix sont le même réseau dans d’autres unités : décaler (a, b, c) en (a + s, b − s, c − 2s) dans toutes les couches change w et le taux, mais non la fonction fₜ. La paramétrisation μP (“maximal update”) d’un réseau à deux couches est celle du champ moyen, décalée de s = −1/2.',
  'This run is in μP. Its f and its loss are those of the chapter before, to the last bits of rounding; only the axes of the cloud have another scale.':
    'Cette exécution est en μP. Sa f et sa perte sont celles du chapitre précédent, aux derniers bits d’arrondi près ; seuls les axes du nuage ont une autre échelle.',
  'Run μP to step 200. Switch to mean-field there: the weights stay, so this is another network, with another loss. Drawn anew it has the loss of μP at step 200.':
    'Lancez μP jusqu’au pas 200. Passez-y à mean-field : les poids restent, c’est donc un autre réseau, avec une autre perte. Tiré à neuf, il a la perte de μP au pas 200.',
  'Which of the named parameterizations cannot be shifted into each other?':
    'Lesquelles des paramétrisations nommées ne peuvent être décalées l’une en l’autre ?',
  'Those with different (2a + c, a + b): a shift leaves these sums alone. ntk has (1, 1/2) and mean-field (1, 1) in the last layer.':
    'Celles dont (2a + c, a + b) diffère : un décalage ne touche pas à ces sommes. ntk a (1, 1/2) et mean-field (1, 1) dans la dernière couche.',
  'State spaces and the empirical measure': 'Espaces d’états et mesure empirique',
  'The same training can be followed in several spaces: in all weights θ; in the neurons’ values h and g on the data; or in the outputs f alone, which is enough only while the kernel is frozen.':
    'Le même apprentissage peut être suivi dans plusieurs espaces : dans tous les poids θ ; dans les valeurs h et g des neurones sur les données ; ou dans les sorties f seules, ce qui ne suffit que tant que le noyau est gelé.',
  'Neurons have no names. Exchange two of them and the function is the same, so what matters is not the list θ₁ … θₙ but the empirical measure ρ⁽ⁿ⁾: a cloud of n points, each of mass 1/n. Every quantity of interest is an integral against it.':
    'Les neurones n’ont pas de nom. Échangez-en deux et la fonction est la même ; ce qui compte n’est donc pas la liste θ₁ … θₙ mais la mesure empirique ρ⁽ⁿ⁾ : un nuage de n points, chacun de masse 1/n. Toute quantité intéressante est une intégrale contre elle.',
  'With 256 neurons you see points. Raise their number, and watch the points become a density.':
    'Avec 256 neurones vous voyez des points. Augmentez leur nombre, et regardez les points devenir une densité.',
  'What happens to f if every neuron is replaced by two copies of itself?':
    'Que devient f si chaque neurone est remplacé par deux copies de lui-même ?',
  'Nothing, at any time: the measure is the same, and in mean field only the measure matters.':
    'Rien, à aucun moment : la mesure est la même, et en champ moyen seule la mesure compte.',
  'The notes call ρ⁽ⁿ⁾ “the mean-field ODE”. It is the empirical measure; the ODE is the next chapter’s.':
    'Les notes appellent ρ⁽ⁿ⁾ “the mean-field ODE”. C’est la mesure empirique ; l’EDO est celle du chapitre suivant.',
  'The McKean–Vlasov equation': 'L’équation de McKean–Vlasov',
  'A neuron feels the others only through the residuals r = f − y: m numbers, the same for all. Given them, every neuron moves by itself along the field b.':
    'Un neurone ne sent les autres que par les résidus r = f − y : m nombres, les mêmes pour tous. Une fois donnés, chaque neurone va seul le long du champ b.',
  'As n grows, rₜ becomes deterministic, and a neuron follows an ODE that contains its own law. McKean studied such equations for gases in 1966. Training by gradient descent is Euler’s method for it, with the learning rate as the step.':
    'Quand n croît, rₜ devient déterministe, et un neurone suit une EDO qui contient sa propre loi. McKean a étudié de telles équations pour des gaz en 1966. L’apprentissage par descente de gradient est la méthode d’Euler pour elle, avec le taux d’apprentissage comme pas.',
  'Colours show the speed |b|. Neurons hurry while the residual is large and come to rest when it vanishes.':
    'Les couleurs montrent la vitesse |b|. Les neurones se hâtent tant que le résidu est grand et viennent au repos quand il disparaît.',
  'Watch the cloud condense on a few rays, more of them at each fall of the loss. The dashed ones are those of the teacher that made the data, and, fainter, the other halves of their lines. From t = 400 on most of the cloud’s lie near their lines, on one side or the other: relu(u) − relu(−u) = u, so that both sides make the same bend.':
    'Regardez le nuage se condenser sur quelques rayons, plus nombreux à chaque baisse de la perte. Ceux en tirets sont ceux de l’enseignant qui a fait les données et, plus pâles, les autres moitiés de leurs droites. À partir de t = 400 la plupart de ceux du nuage sont près de leurs droites, d’un côté ou de l’autre : relu(u) − relu(−u) = u, les deux côtés font donc le même pli.',
  'For relu, which quantity does every neuron keep for ever?':
    'Pour relu, quelle quantité chaque neurone garde-t-il pour toujours ?',
  'w1² − |w0|². The flow conserves it exactly; a step of size dt changes it by dt² (b1² − |b0|²).':
    'w1² − |w0|². Le flot la conserve exactement ; un pas de taille dt la change de dt² (b1² − |b0|²).',
  'The notes print φ(⟨w0, x⟩) x in the equation of w0. The gradient of the loss has w1 φ′(⟨w0, x⟩) x; with the printed one the loss would not fall as −∫|b|² dρ, and w1² − |w0|² would drift.':
    'Les notes impriment φ(⟨w0, x⟩) x dans l’équation de w0. Le gradient de la perte a w1 φ′(⟨w0, x⟩) x ; avec ce qui est imprimé la perte ne baisserait pas comme −∫|b|² dρ, et w1² − |w0|² dériverait.',
  'Propagation of chaos': 'Propagation du chaos',
  'At the start the neurons are independent. They interact, so they cannot stay independent; but each feels only the average of all, and as n grows any fixed number of them becomes independent again, at every later time. This is what Kac called propagation of chaos.':
    'Au départ les neurones sont indépendants. Ils interagissent et ne peuvent donc le rester ; mais chacun ne sent que la moyenne de tous, et quand n croît tout nombre fixé d’entre eux redevient indépendant, à tout temps ultérieur. C’est ce que Kac a appelé propagation du chaos.',
  'Sznitman’s proof lets each neuron run beside an independent copy that starts at the same place and feels the limit ρₜ instead of the cloud. The mean square distance between the two is Θ(1/n).':
    'La preuve de Sznitman fait courir chaque neurone à côté d’une copie indépendante qui part du même endroit et sent la limite ρₜ au lieu du nuage. La distance quadratique moyenne entre les deux est Θ(1/n).',
  'Make a few draws and watch the loss at step 100: it varies by about 1/√n. With 16,384 neurons the variation is four times smaller.':
    'Faites quelques tirages et regardez la perte au pas 100 : elle varie d’environ 1/√n. Avec 16,384 neurones la variation est quatre fois plus petite.',
  'The bound for the law of k neurons is (1/n) eᶜᵗ, without a square root, while the distance to the copies is 1/√n. Is that a contradiction?':
    'La borne pour la loi de k neurones est (1/n) eᶜᵗ, sans racine carrée, alors que la distance aux copies est 1/√n. Est-ce une contradiction ?',
  'No: one compares laws, where fluctuations of mean 0 cancel, the other compares neurons one by one, where they do not.':
    'Non : l’une compare des lois, où les fluctuations de moyenne 0 s’annulent, l’autre compare les neurones un à un, où elles ne s’annulent pas.',
  'W₂ ≲ (1/n) eᶜᵗ is a statement about laws, and it needs a ρ₀ with a density: started from two points, the W₂ of laws is 1/√n (means of smooth observables keep their 1/n).':
    'W₂ ≲ (1/n) eᶜᵗ est un énoncé sur des lois, et il demande un ρ₀ avec une densité : partie de deux points, la W₂ des lois est 1/√n (les moyennes d’observables lisses gardent leur 1/n).',
  'Weak form and PDE': 'Forme faible et EDP',
  'Mass is neither made nor lost: what leaves one place enters another. So ρₜ solves a continuity equation, nonlinear because the field depends on ρ itself.':
    'La masse n’est ni créée ni perdue : ce qui quitte un endroit entre dans un autre. ρₜ résout donc une équation de continuité, non linéaire parce que le champ dépend de ρ lui-même.',
  'It holds in the weak sense, tested against smooth functions q. For a finite cloud it holds exactly, too: ρ⁽ⁿ⁾ is a weak solution that starts from n points.':
    'Elle vaut au sens faible, testée contre des fonctions lisses q. Pour un nuage fini elle vaut exactement, aussi : ρ⁽ⁿ⁾ est une solution faible qui part de n points.',
  'Here there is one input and no bias, so that a neuron is a point in the plane and the cloud can be compared with a density on a grid.':
    'Ici il y a une entrée et pas de biais : un neurone est un point du plan et le nuage peut être comparé à une densité sur une grille.',
  'The density at the right is the PDE, solved on a grid to the time of the cloud. Change the number of neurons: the cloud fills the density ever more finely. How fast, the measurement pde shows.':
    'La densité à droite est l’EDP, résolue sur une grille jusqu’au temps du nuage. Changez le nombre de neurones : le nuage remplit la densité de plus en plus finement. À quelle vitesse, la mesure pde le montre.',
  'Why can this flow never split a single point into two?':
    'Pourquoi ce flot ne peut-il jamais couper un point unique en deux ?',
  'Two neurons at the same place have the same velocity, for ever. A cloud that starts at one point stays one neuron, whatever n is.':
    'Deux neurones au même endroit ont la même vitesse, pour toujours. Un nuage qui part d’un seul point reste un seul neurone, quel que soit n.',
  'The papers': 'Les articles',
  'In 2018 four groups found the limit independently: Mei, Montanari and Nguyen; Chizat and Bach; Rotskoff and Vanden-Eijnden; Sirignano and Spiliopoulos, after Nitanda and Suzuki in 2017. Training is the gradient flow of the loss over measures, in the geometry of optimal transport.':
    'En 2018 quatre groupes ont trouvé la limite indépendamment : Mei, Montanari et Nguyen ; Chizat et Bach ; Rotskoff et Vanden-Eijnden ; Sirignano et Spiliopoulos, après Nitanda et Suzuki en 2017. L’apprentissage est le flot de gradient de la perte sur les mesures, dans la géométrie du transport optimal.',
  'Chizat and Bach show, for homogeneous φ and under conditions of regularity, that if the flow converges, and the start covers all directions, the limit is a global minimum, although the loss of a finite network is not convex.':
    'Chizat et Bach montrent, pour φ homogène et sous des conditions de régularité, que si le flot converge, et si le départ couvre toutes les directions, la limite est un minimum global, bien que la perte d’un réseau fini ne soit pas convexe.',
  'Here the method meets real data: the heights of the volcano Maunga Whau. Below are experiments of the papers, each a scene with what it says, what to look at, and how it differs from the paper’s.':
    'Ici la méthode rencontre des données réelles : les altitudes du volcan Maunga Whau. Au-dessous sont des expériences des articles, chacune une scène avec ce qu’elle dit, ce qu’il faut regarder, et en quoi elle diffère de celle de l’article.',
  'Let it run to R² = 0.95, then open your own CSV, or one of the experiments: show it run, and see what its line tells you to look at.':
    'Laissez aller jusqu’à R² = 0.95, puis ouvrez votre propre CSV, ou l’une des expériences : faites-la tourner, et voyez ce que sa ligne vous dit de regarder.',
  'Why is the loss convex in ρ but not in the weights?':
    'Pourquoi la perte est-elle convexe en ρ mais non dans les poids ?',
  'f is linear in ρ, and the loss is convex in f. In the weights f is not linear: they stand inside φ and multiply each other.':
    'f est linéaire en ρ, et la perte est convexe en f. Dans les poids f n’est pas linéaire : ils sont dans φ et se multiplient entre eux.',
};
