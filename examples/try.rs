use jumelles::scenario::{Overrides, Scenario};
fn main() {
    let model = match Scenario::open(&std::env::args().nth(1).unwrap(), &Overrides::none()).and_then(|s| s.compile()) {
        Ok(m) => m,
        Err(e) => { println!("{e}"); return; }
    };
    println!("{}", model.warnings());
    for a in &model.arms { println!("{}", a.name); }
    for c in &model.contrasts { println!("{:?} {:?}", c.kind, c.pairs); }
    let plan = model.plan();
    println!("{} instances, varying {:?}", plan.instances.len(), plan.varying());
    let s = jumelles::sample::Sampler::new(&model, &plan, 1);
    let b = s.batch(0..3).unwrap();
    for arm in &plan.arms { for id in arm { let c = &b.cells(*id).column; match c { jumelles::value::Column::Category{codes, levels} => print!("{} ", levels.name(codes[0])), jumelles::value::Column::Number(v) => print!("{} ", v[0]), other => print!("{other:?} ") } } println!(); }
    let t = std::time::Instant::now();
    for k in 0..8 { s.batch(k*131072..(k+1)*131072).unwrap(); }
    println!("{:?}", t.elapsed());
}
