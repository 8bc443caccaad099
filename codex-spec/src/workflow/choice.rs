//! Values that are one of a few words.

/// A type whose values are written as words.
pub(crate) trait Choice: Copy + 'static {
    /// Every word with its value, in the order in which they are to be offered.
    const WORDS: &'static [(&'static str, Self)];

    /// Every word with its meaning: the documentation of its value, with a blank in front.
    const MEANINGS: &'static [(&'static str, &'static str)];
}

/// Declares an enum together with the word of each of its values.
macro_rules! choice {
    // What an attribute of a value says of its meaning.
    (@meaning doc = $text:literal) => { $text };
    (@meaning $($other:tt)+) => { "" };
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $( $(#[$($variant_attribute:tt)+])* $variant:ident = $word:literal, )+
        }
    ) => {
        $(#[$attribute])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $(
                $(#[$($variant_attribute)+])*
                #[serde(rename = $word)]
                $variant,
            )+
        }

        impl $name {
            /// The word for it in a workflow file.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }
        }

        impl $crate::workflow::Choice for $name {
            const WORDS: &'static [(&'static str, Self)] = &[
                $( ($word, Self::$variant), )+
            ];

            const MEANINGS: &'static [(&'static str, &'static str)] = &[
                $( ($word, concat!($( choice!(@meaning $($variant_attribute)+) ),*)), )+
            ];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(super) use choice;
