using System.Globalization;
using Director.Linux.Abi;
using Director.Net;

namespace Director.Linux.Netlink;

/// <content>Links that this program makes.</content>
public sealed partial class RouteSocket
{
    /// <summary>
    /// Makes a macvlan in private mode: it has an Ethernet address of its own on its parent's wire, and does not see its siblings.
    /// </summary>
    /// <exception cref="LinuxException">
    /// The kernel refused: no privilege, the name is taken, no such parent, no macvlan in the kernel.
    /// </exception>
    internal void CreateMacvlan(string name, int parentIndex, MacAddress address, uint group = 0)
    {
        var error = Exchange(LinkMessage.WriteCreateMacvlan(_request, ++_sequence, name, parentIndex, address, group));
        if (error.Errno != 0) throw Refusal("RTM_NEWLINK macvlan", name, error, NeedsNetAdmin);
    }

    /// <summary>Marks a link by its alias, which ip-link(8) shows; and has the kernel give it no IPv6 link-local address.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege, no such link.</exception>
    internal void MarkLink(int linkIndex, string alias, bool withoutLinkLocal)
    {
        var error = Exchange(LinkMessage.WriteMark(_request, ++_sequence, linkIndex, alias, withoutLinkLocal));
        if (error.Errno == 0) return;
        throw Refusal("RTM_NEWLINK alias", string.Create(CultureInfo.InvariantCulture, $"link {linkIndex}"), error, NeedsNetAdmin);
    }

    /// <summary>Removes a link; returns whether there was one.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege, a link that cannot go.</exception>
    internal bool RemoveLink(int linkIndex)
    {
        var error = Exchange(LinkMessage.WriteRemove(_request, ++_sequence, linkIndex));
        return IsDone("RTM_DELLINK", string.Create(CultureInfo.InvariantCulture, $"link {linkIndex}"), error, Errno.ENODEV);
    }
}
