namespace ClvOrleans.Storage.Access;

/// <summary>How a credential is used.</summary>
public enum CredentialKind
{
    /// <summary>A program sends it with each request.</summary>
    Key = 1,

    /// <summary>A browser holds it in a cookie.</summary>
    Session = 2,

    /// <summary>A person opens it once, for a session.</summary>
    Link = 3,
}
