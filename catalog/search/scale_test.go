package search

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents/finnish"
)

// bigShop is a shop of n products made of the demo shop's: each has the name of
// a model of its own, its own prices and some of the words of two others.
func bigShop(t testing.TB, n int) *catalog.Shop {
	t.Helper()
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ka ve ru lo mi sa tu po ne hi ja ky sä rö li to vu me pa no su ki ra te mu")
	model := func() string {
		var b strings.Builder
		for range 2 + chance.IntN(3) {
			b.WriteString(syllables[chance.IntN(len(syllables))])
		}
		name := []rune(b.String())
		return strings.ToUpper(string(name[:1])) + string(name[1:])
	}
	products := make([]catalog.Product, n)
	for i := range products {
		p := shop.Products[chance.IntN(len(shop.Products))]
		other := &shop.Products[chance.IntN(len(shop.Products))]
		p.ID = fmt.Sprint(p.ID, "-", i)
		called := model()
		name := catalog.Text{}
		for lang, s := range p.Name {
			name[lang] = s + " " + called
		}
		description := catalog.Text{}
		for lang, s := range p.Description {
			first, _, _ := strings.Cut(other.Description[lang], ". ")
			description[lang] = s + " " + first
		}
		p.Name, p.Description = name, description
		p.Features = slices.Concat(p.Features, other.Features[:min(1, len(other.Features))])
		p.Popularity = chance.IntN(101)
		p.Variants = slices.Clone(p.Variants)
		for j := range p.Variants {
			v := &p.Variants[j]
			v.SKU = fmt.Sprintf("%d-%d", i, j)
			v.Price = catalog.Cents(500 + chance.IntN(20000))
			v.Stock = chance.IntN(5)
		}
		products[i] = p
	}
	shop, err = shop.WithProducts(products, shop.Categories)
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

// heap returns how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// asks are queries of three words and a range of prices, each with a letter wrong.
func asks(n int) []catalog.Query {
	chance := rand.New(rand.NewPCG(3, 4))
	goods := strings.Fields("talvikengät makuupussi kahvinkeitin villapaita toppatakki otsalamppu pussilakana kosteusvoide rakennuspalikat raapimispuu kumisaappaat paistinpannu termospullo villasukat lautapeli")
	likes := strings.Fields("vedenpitävä lämmin kevyt musta punainen villainen puuvillainen lasten naisten miesten pehmeä iso pieni koiralle kestävä")
	list := make([]catalog.Query, n)
	for i := range list {
		wrong := []rune(goods[chance.IntN(len(goods))])
		at := 2 + chance.IntN(len(wrong)-3)
		wrong[at] = 'x'
		low := catalog.Cents(500 + chance.IntN(5000))
		like := chance.Perm(len(likes))
		list[i] = catalog.Query{
			Text: likes[like[0]] + " " + likes[like[1]] + " " + string(wrong),
			Lang: "fi", Min: low, Max: low * 3, Limit: 12,
		}
	}
	return list
}

// BenchmarkBig indexes and searches 100,000 products. It reports the memory of
// the index and how long half and how long the slowest hundredth of the queries
// take at least, with words that nobody has asked for before.
func BenchmarkBig(b *testing.B) {
	shop := bigShop(b, 100_000)
	before, began := heap(), time.Now()
	x := New(shop, finnish.Base())
	indexed := time.Since(began)
	used := heap() - before
	list := asks(1000)
	times := slices.Repeat([]time.Duration{time.Hour}, len(list)) // the best of each, since others use the machine too
	for i := 0; b.Loop(); i++ {
		x.memory = new(memory)
		began := time.Now()
		x.Find(list[i%len(list)], nil)
		times[i%len(list)] = min(times[i%len(list)], time.Since(began))
	}
	times = slices.DeleteFunc(times, func(t time.Duration) bool { return t == time.Hour })
	slices.Sort(times)
	b.ReportMetric(indexed.Seconds(), "s/index")
	b.ReportMetric(float64(used)/1e6, "MB")
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "µs-p50")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "µs-p99")
	runtime.KeepAlive(shop)
}

// BenchmarkWith changes one product of 100,000, its price or also its name, after
// none or many have got another name.
func BenchmarkWith(b *testing.B) {
	shop := bigShop(b, 100_000)
	renamed := func(i int) *catalog.Product {
		p := shop.Products[i%len(shop.Products)]
		p.Name = catalog.Text{"fi": p.Name["fi"] + fmt.Sprint(" Uutuus", i)}
		return &p
	}
	x := New(shop, finnish.Base())
	for _, changed := range []int{0, 100, 1000} {
		for i := range changed {
			x = x.With(renamed(i))
		}
		b.Run(fmt.Sprint("price/", changed), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				x.With(&shop.Products[changed+i%(len(shop.Products)-changed)])
			}
		})
		b.Run(fmt.Sprint("name/", changed), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				x.With(renamed(changed + i))
			}
		})
	}
}
