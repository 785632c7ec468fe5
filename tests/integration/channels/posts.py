"""A table of posts for the office of the tests."""

from __future__ import annotations

POSTS = """
changle:
  office: {name: 昌乐县人民政府, area: 昌乐县, seat: 宝都街道}
  posts:
    - {post: 县长, rank: head, roles: [leader]}
    - {post: 副县长, rank: deputy, roles: [leader], leader: 县长}
    - {post: 主任, unit: 县政府办公室, rank: office_director, shown: "{unit}{post}"}
    - {post: 督查专员, rank: staff, roles: [supervisor]}
    - {post: 局长, unit: "*局", rank: bureau_head, roles: [unit_head], shown: "{unit}{post}"}
    - {post: 科员, rank: staff}
  units:
    - {name: 县政府办公室, listed: false, leader: 副县长}
    - {name: 发展和改革局, departments: 发改局, leader: 副县长}
"""
