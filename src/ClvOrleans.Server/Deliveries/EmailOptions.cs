using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace ClvOrleans.Server.Deliveries;

/// <summary>How e-mails are sent. Section <c>Email</c> of the configuration (<c>Email__Host</c> in the environment).</summary>
internal sealed record EmailOptions : IValidatableObject
{
    public const int LeastKeyLength = 32;

    /// <summary>The SMTP server. Default none: e-mails fail, and can be sent again when there is one.</summary>
    public string? Host { get; set; }

    /// <summary>Its port, 1 to 65,535. Default 587.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>StartTls, Tls or None. Default StartTls.</summary>
    public EmailSecurity Security { get; set; } = EmailSecurity.StartTls;

    /// <summary>The user at the server. Default none.</summary>
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>Shop &lt;news@shop.example&gt;</c>; needed with a server.</summary>
    public string? From { get; set; }

    /// <summary>Where recipients reach this service over https, such as https://mail.shop.example; needed with a server.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Signs the links of e-mails: a secret of 32 characters or more; needed with a server.</summary>
    public string? LinkKey { get; set; }

    /// <summary>The key before: links of earlier e-mails stay valid. Default none.</summary>
    public string? PreviousLinkKey { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new[] { LinkKey, PreviousLinkKey }.Any(k => k is { Length: < LeastKeyLength }))
        {
            yield return new ValidationResult($"Email: LinkKey and PreviousLinkKey must have {LeastKeyLength} characters or more.");
        }

        if (Host is null)
        {
            yield break;
        }

        if (!MailboxAddress.TryParse(From, out _))
        {
            yield return new ValidationResult("Email: From must be an address such as Shop <news@shop.example>.");
        }

        if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            yield return new ValidationResult(
                "Email: PublicUrl must be an address such as https://mail.shop.example: links of e-mails begin with it.");
        }

        if (LinkKey is null)
        {
            yield return new ValidationResult(
                $"Email: LinkKey must be a secret of {LeastKeyLength} characters or more: it signs the links of e-mails.");
        }
    }
}
