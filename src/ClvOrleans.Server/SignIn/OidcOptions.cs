using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Server.SignIn;

/// <summary>
/// The OpenID Connect provider by which people sign in. Section <c>Oidc</c> of the configuration (<c>Oidc__Authority</c> in the
/// environment). Nothing of it is used where no authority is given.
/// </summary>
internal sealed record OidcOptions : IValidatableObject
{
    /// <summary>
    /// The provider's address, such as <c>https://login.example.com/realms/shop</c>. Default none: people sign in by links and keys.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this service.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret that the provider has for it.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file with that secret instead, such as a mounted one.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>The claim that holds a person's roles: a text, or a list of texts. Default <c>roles</c>.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// What the roles may do, with semicolons between, such as <c>owners=admin;marketing=act;shop-de=read@de</c>. Of several that a person
    /// has, the first counts.
    /// </summary>
    public string Roles { get; set; } = "";

    /// <summary>The claim by which people are named in lists and the audit log, before their id. Default <c>email</c>.</summary>
    [Required]
    public string NameClaim { get; set; } = "email";

    /// <summary>What is asked of the provider beside <c>openid</c>, with spaces between. Default <c>profile email</c>.</summary>
    public string Scopes { get; set; } = "profile email";

    /// <summary>What the button on the page calls the provider. Default its host.</summary>
    public string? Name { get; set; }

    /// <summary>Whether there is a provider.</summary>
    public bool IsGiven => Authority is { Length: > 0 };

    /// <summary>What the button calls the provider.</summary>
    public string ReadName() => Name is { Length: > 0 } ? Name : new Uri(Authority!).Host;

    /// <summary>What the roles may do, in the order in which they count.</summary>
    /// <exception cref="FormatException">One is wrong; the message shows it.</exception>
    public IReadOnlyList<RoleGrant> ReadRoles() =>
        [.. Roles.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(RoleGrant.Read)];

    /// <summary>The secret. <exception cref="IOException">Its file cannot be read.</exception></summary>
    public string ReadClientSecret() =>
        ClientSecretFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : ClientSecret ?? "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from mistake in IsGiven ? FindMistakes() : FindWithoutAuthority()
        select new ValidationResult(mistake.Sentence, [mistake.Option]);

    private IEnumerable<(string Option, string Sentence)> FindWithoutAuthority() =>
        ClientId is { Length: > 0 } || ClientSecret is { Length: > 0 } || ClientSecretFile is { Length: > 0 } || Roles.Length > 0
            ? [(nameof(Authority), "give the provider's address, such as https://login.example.com, or nothing of Oidc.")]
            : [];

    private IEnumerable<(string Option, string Sentence)> FindMistakes()
    {
        if (!IsAuthority(Authority!))
        {
            yield return (nameof(Authority), $"'{Authority}' is not an https address, such as https://login.example.com.");
        }

        if (ClientId is not { Length: > 0 })
        {
            yield return (nameof(ClientId), "give what the provider calls this service.");
        }

        if (FindMistakeOfSecret() is { } secret)
        {
            yield return (ClientSecretFile is { Length: > 0 } ? nameof(ClientSecretFile) : nameof(ClientSecret), secret);
        }

        if (FindMistakeOfRoles() is { } roles)
        {
            yield return (nameof(Roles), roles);
        }
    }

    // Without TLS whoever is between the two could answer for the provider: on this machine nobody is.
    private static bool IsAuthority(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Query: "", Fragment: "", UserInfo: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private string? FindMistakeOfSecret()
    {
        try
        {
            return ClientSecret is { Length: > 0 } && ClientSecretFile is { Length: > 0 }
                    ? "give ClientSecret or ClientSecretFile, not both."
                : ReadClientSecret().Length == 0
                    ? "give the secret that the provider has for this service, or its file by ClientSecretFile."
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{ClientSecretFile} cannot be read; give the user of this process the right to, or correct ClientSecretFile.";
        }
    }

    private string? FindMistakeOfRoles()
    {
        try
        {
            return ReadRoles().Count == 0
                ? $"name the values of the claim '{RoleClaim}' that let people in, such as owners=admin;staff=read."
                : null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
