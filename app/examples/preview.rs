//! Writes every sample page to a folder, to be looked at: `cargo run -p app --features ssr --example preview -- DIR`.
//!
//! Three shells each: as it comes (`NAME.html`), in an owner's classic dress (`NAME.owner.html`), and in the pseudo
//! language (`NAME.pseudo.html`).

use std::{env, fs, io, path::PathBuf};

use app::{
    page::samples,
    render,
    shell::{Assets, Brand, Form, Links, Logo, Shell},
    text::Lang,
};

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="240" height="64"><rect width="240" height="64" rx="12" fill="#7a1f5c"/><text x="24" y="42" font-family="sans-serif" font-size="28" fill="#fff">Acme Photos</text></svg>"##;

const OWNER_CSS: &str = "
.banner-customizable { padding: 20px 0px 20px 30px; background-color: #f3e3ee; }
.logo-customizable { max-width: 60%; max-height: 30%; }
.background-customizable { background-color: #fffdf8; }
.label-customizable { font-weight: 400; color: #7a1f5c; }
.inputField-customizable { width: 100%; height: 40px; color: #333; background-color: #fff; border: 1px solid #b07a9d; }
.inputField-customizable:focus { border-color: #7a1f5c; outline: 0; }
.submitButton-customizable { font-size: 15px; font-weight: bold; margin: 20px 0px 10px 0px; height: 44px; width: 100%; color: #fff; background-color: #7a1f5c; }
.submitButton-customizable:hover { color: #fff; background-color: #5a1243; }
.errorMessage-customizable { padding: 5px; font-size: 14px; width: 100%; background: #F5F5F5; border: 2px solid #D64958; color: #B3001B; }
.textDescription-customizable { padding-top: 10px; padding-bottom: 10px; display: block; font-size: 16px; }
.legalText-customizable { color: #747474; font-size: 11px; }
.redirect-customizable { color: #7a1f5c; }
.socialButton-customizable { height: 44px; text-align: left; width: 100%; margin-bottom: 15px; }
.idpButton-customizable { height: 44px; width: 100%; text-align: center; color: #fff; background-color: #5bc0de; border-color: #46b8da; }
.passwordCheck-notValid-customizable { color: #DF3312; }
.passwordCheck-valid-customizable { color: #19BF00; }
";

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "preview".to_owned()));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("logo.svg"), LOGO)?;
    fs::write(folder.join("owner.css"), OWNER_CSS)?;
    for (name, page) in samples() {
        fs::write(folder.join(format!("{name}.html")), render(page.clone(), plain()))?;
        fs::write(folder.join(format!("{name}.owner.html")), render(page.clone(), owned()))?;
        let pseudo = Shell { lang: Lang::Pseudo, ..plain() };
        fs::write(folder.join(format!("{name}.pseudo.html")), render(page, pseudo))?;
    }
    Ok(())
}

fn plain() -> Shell {
    let page = |path: &str| Some(format!("{path}?client_id=1&state=a%26b"));
    Shell {
        brand: Brand { client_name: Some("Acme Photos".to_owned()), ..Brand::default() },
        links: Links {
            sign_in: page("sign-in.html"),
            sign_up: page("sign-up.html"),
            forgot: page("forgot.html"),
            confirm: page("confirm.html"),
            resend: page("resend.html"),
        },
        form: Form {
            action: "sign-in-refused.html".to_owned(),
            csrf: "token".to_owned(),
            once: "1".to_owned(),
        },
        assets: Assets { boot_url: Some("assets/boot.js".to_owned()), ..Assets::default() },
        return_host: Some("photos.acme.example".to_owned()),
        reference: "7f3a91c2".to_owned(),
        ..Shell::default()
    }
}

fn owned() -> Shell {
    let plain = plain();
    Shell {
        brand: Brand {
            logo: Some(Logo { url: "logo.svg".to_owned(), size: Some((240, 64)) }),
            css_url: Some("owner.css".to_owned()),
            terms_url: Some("#terms".to_owned()),
            privacy_url: Some("#privacy".to_owned()),
            support_url: Some("#help".to_owned()),
            ..plain.brand.clone()
        },
        ..plain
    }
}
